namespace EtsPersist.Mmf.Native.Os;

/// <summary>The kernel's word that a process is dead.</summary>
/// <param name="Process">Which process.</param>
/// <param name="TimestampTicks">
/// When this process learned of it, as a value of <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.
/// </param>
/// <param name="ExitCode">
/// Its exit code; on Linux 128 plus the signal's number if a signal ended it. Null where the kernel does not tell, which is the rule for
/// processes that are no children of this one.
/// </param>
public readonly record struct ProcessDeath(ProcessIdentity Process, long TimestampTicks, int? ExitCode);
