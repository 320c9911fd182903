using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library has no byte-range locks that belong to an open file description.
internal static unsafe partial class Libc
{
    internal const int F_OFD_GETLK = 36;
    internal const int F_OFD_SETLK = 37;
    internal const int F_OFD_SETLKW = 38;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const short F_RDLCK = 0;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;

    /// <summary>struct flock64. The process id must be 0 for locks of open file descriptions.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    internal struct FileLock
    {
        [FieldOffset(0)] internal short Type;
        [FieldOffset(2)] internal short Whence; // 0: from the start of the file
        [FieldOffset(8)] internal long Start;
        [FieldOffset(16)] internal long Length;
        [FieldOffset(24)] internal int ProcessId;
    }

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FcntlLock(SafeFileHandle file, int command, FileLock* argument);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FcntlNumber(SafeFileHandle file, int command, nint argument);

    /// <summary>One lock command; answers 0 or the error number.</summary>
    internal static int Fcntl(SafeFileHandle file, int command, ref FileLock fileLock)
    {
        fixed (FileLock* argument = &fileLock)
        {
            while (true)
            {
                if (FcntlLock(file, command, argument) == 0)
                    return 0;
                var errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                    return errno;
            }
        }
    }

    /// <summary>A second descriptor of the same open file description, close-on-exec.</summary>
    internal static SafeFileHandle Duplicate(SafeFileHandle file)
    {
        var descriptor = FcntlNumber(file, F_DUPFD_CLOEXEC, 3);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw SystemCallException.ForCall("fcntl(F_DUPFD_CLOEXEC)", null, Marshal.GetLastPInvokeError());
    }
}
