namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>What a writer does all the time until it is killed.</summary>
internal enum KilledIn
{
    Operations,
    Batches,
}
