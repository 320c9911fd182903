using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Makes the names in a directory survive a power failure, as flushing a file makes its bytes survive one.</summary>
public static class DirectoryFlush
{
    /// <summary>
    /// Waits until what was created, renamed and deleted in the directory is on the disk. Windows writes names through by itself; there it does nothing.
    /// Threads: any. Blocking: the disk.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="SystemCallException">The directory cannot be opened.</exception>
    public static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux()) return;
        var descriptor = Libc.Open(directory, Libc.O_RDONLY | Libc.O_CLOEXEC, 0, out var errno);
        if (descriptor < 0) throw SystemCallException.ForCall("open", directory, errno);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }
}
