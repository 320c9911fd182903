namespace EtsPersist.Mmf.Bench.Growth;

/// <summary>The slowest insert so far and which row it was.</summary>
internal readonly record struct SlowInsert(long Ticks, long Row);
