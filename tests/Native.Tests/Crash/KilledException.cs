namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Stands for SIGKILL.</summary>
internal sealed class KilledException : Exception;
