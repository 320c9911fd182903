using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Byte locks of open file descriptions; see <see cref="ByteLock"/>.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxByteLock
{
    /// <summary>Opens by the descriptor, not by the name: the same file even after it was renamed or unlinked.</summary>
    internal static SafeFileHandle OpenAgain(string path, SafeFileHandle file, bool writable)
    {
        var taken = false;
        try
        {
            file.DangerousAddRef(ref taken);
            var flags = (writable ? Libc.O_RDWR : Libc.O_RDONLY) | Libc.O_CLOEXEC | Libc.O_NOCTTY;
            var descriptor = Libc.Open($"/proc/self/fd/{file.DangerousGetHandle()}", flags, 0, out var errno);
            if (descriptor >= 0)
                return new SafeFileHandle(descriptor, ownsHandle: true);
            if (errno is Errno.EACCES or Errno.EPERM or Errno.EROFS)
                throw LinuxTableFile.NotPermitted(writable ? "opened for writing" : "opened for reading", path, errno);
            return errno == Errno.ENOENT ? TableFileHandle.Open(path, writable) : throw LinuxTableFile.OpenFailed(path, errno); // no /proc
        }
        finally
        {
            if (taken)
                file.DangerousRelease();
        }
    }

    internal static bool TryLock(SafeFileHandle file, string path, long offset) => TryTake(Libc.F_WRLCK, file, path, offset);

    internal static bool TryShare(SafeFileHandle file, string path, long offset) => TryTake(Libc.F_RDLCK, file, path, offset);

    internal static void Lock(SafeFileHandle file, string path, long offset)
    {
        var byteLock = new Libc.FileLock { Type = Libc.F_WRLCK, Start = offset, Length = 1 };
        var errno = Libc.Fcntl(file, Libc.F_OFD_SETLKW, ref byteLock);
        if (errno != 0)
            throw Failed("fcntl(F_OFD_SETLKW)", path, errno);
    }

    internal static void Unlock(SafeFileHandle file, string path, long offset)
    {
        var byteLock = new Libc.FileLock { Type = Libc.F_UNLCK, Start = offset, Length = 1 };
        var errno = Libc.Fcntl(file, Libc.F_OFD_SETLK, ref byteLock);
        if (errno != 0)
            throw Failed("fcntl(F_OFD_SETLK)", path, errno);
    }

    internal static bool IsLocked(SafeFileHandle file, string path, long offset)
    {
        var byteLock = new Libc.FileLock { Type = Libc.F_RDLCK, Start = offset, Length = 1 };
        var errno = Libc.Fcntl(file, Libc.F_OFD_GETLK, ref byteLock);
        return errno == 0 ? byteLock.Type != Libc.F_UNLCK : throw Failed("fcntl(F_OFD_GETLK)", path, errno);
    }

    private static bool TryTake(short type, SafeFileHandle file, string path, long offset)
    {
        var byteLock = new Libc.FileLock { Type = type, Start = offset, Length = 1 };
        return Libc.Fcntl(file, Libc.F_OFD_SETLK, ref byteLock) switch
        {
            0 => true,
            Errno.EAGAIN or Errno.EACCES => false,
            var errno => throw Failed("fcntl(F_OFD_SETLK)", path, errno),
        };
    }

    private static SystemCallException Failed(string call, string path, int errno) => SystemCallException.ForCall(call, path, errno,
        "Byte-range locks need Linux 3.15 and a local file system (tmpfs, ext4 or xfs).");
}
