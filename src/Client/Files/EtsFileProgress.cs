namespace EtsPersist.Mmf;

/// <summary>How far the work on a portable file has come. Reported after each block of rows, on the thread that does the work.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Rows">The rows that are done in this phase.</param>
/// <param name="TotalRows">How many there are: exact when a file is read; when a table is saved, how many it had when that began.</param>
/// <param name="Bytes">The bytes of the file that are done in this phase.</param>
public readonly record struct EtsFileProgress(EtsFilePhase Phase, long Rows, long TotalRows, long Bytes);
