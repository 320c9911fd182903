namespace EtsPersist.Mmf.Native.Os;

/// <summary>The longest file that this process may write (RLIMIT_FSIZE). The kernel answers a write beyond it with a deadly signal.</summary>
public static class FileSizeLimit
{
    /// <summary>The limit; <see cref="long.MaxValue"/> if there is none. Threads: any. Blocking: none.</summary>
    /// <value>Bytes.</value>
    public static long Bytes => TableFileHandle.FileSizeLimit;
}
