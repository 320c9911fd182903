namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>
/// One kill: the kernel's part, from the signal to the end of the process; ours, from there until the table can be granted again; and what is
/// tidied up behind the dead writer afterwards, while the next owner works.
/// </summary>
internal readonly record struct RecoverySample(TimeSpan Kernel, TimeSpan Recovery, TimeSpan Tidying);
