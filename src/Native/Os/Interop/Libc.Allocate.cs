using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library reserves space only at creation (preallocationSize), and reports ftruncate's errors without their number.
internal static unsafe partial class Libc
{
    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    private static partial int AllocateFile(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int TruncateFile(SafeFileHandle file, long length);

    /// <summary>fallocate(2) of mode 0: space is reserved, contents stay. Answers 0 or the error number.</summary>
    internal static int Fallocate(SafeFileHandle file, long offset, long length)
    {
        while (true)
        {
            if (AllocateFile(file, 0, offset, length) == 0)
                return 0;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return errno;
        }
    }

    /// <summary>ftruncate(2). Answers 0 or the error number.</summary>
    internal static int Ftruncate(SafeFileHandle file, long length)
    {
        while (true)
        {
            if (TruncateFile(file, length) == 0)
                return 0;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return errno;
        }
    }
}
