using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library opens without O_NOFOLLOW and puts a flock(2) on what it opens.
internal static unsafe partial class Libc
{
    internal const int O_RDONLY = 0;
    internal const int O_RDWR = 2;
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80; // fail if the name is taken
    internal const int O_NOCTTY = 0x100; // a terminal does not become ours
    internal const int O_NONBLOCK = 0x800; // a FIFO in the table's place does not hang the open
    internal const int O_CLOEXEC = 0x80000; // a child process inherits nothing

    // Refuse a symbolic link as the last component. The two architectures number the flag differently.
    internal static readonly int O_NOFOLLOW = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags, uint mode);

    /// <summary>Opens; answers the descriptor, or -1 with the error number.</summary>
    internal static int Open(string path, int flags, uint mode, out int errno)
    {
        while (true)
        {
            var descriptor = OpenFile(path, flags, mode);
            errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (errno != Errno.EINTR)
                return descriptor;
        }
    }
}
