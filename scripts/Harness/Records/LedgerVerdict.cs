namespace EtsPersist.Mmf.Harness.Records;

/// <summary>What the workers' records prove.</summary>
/// <param name="Lost">Batches that were acknowledged and that the next owner, or the end, did not find.</param>
/// <param name="Torn">Positions found that no batch had stored.</param>
/// <param name="DoubleOwners">Batches acknowledged to an owner after a later one had the table.</param>
internal readonly record struct LedgerVerdict(long Lost, long Torn, long DoubleOwners);
