namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>One of the things that can happen next.</summary>
internal readonly record struct Option(OptionKind Kind, int Actor);
