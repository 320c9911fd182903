namespace EtsPersist.Mmf.Bench.Recovery;

/// <summary>One kill: the kernel's part, from the signal to the end of the process, and ours, from there to a settled table.</summary>
internal readonly record struct RecoverySample(TimeSpan Kernel, TimeSpan Recovery);
