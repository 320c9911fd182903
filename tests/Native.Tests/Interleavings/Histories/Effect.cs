namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What an operation does as one step: the rows afterwards, and its answer.</summary>
internal delegate (Rows Rows, long? Answer) Effect(Rows rows);
