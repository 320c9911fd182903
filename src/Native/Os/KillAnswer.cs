namespace EtsPersist.Mmf.Native.Os;

/// <summary>What came of asking the kernel to kill a process.</summary>
public enum KillAnswer
{
    /// <summary>It is killed; that it is dead is told later.</summary>
    Killed,

    /// <summary>There is no such process any more.</summary>
    Gone,

    /// <summary>This user may not, or the process is out of sight.</summary>
    Refused,
}
