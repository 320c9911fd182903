using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library tells neither the type of an open file nor the file system that it lies on.
internal static unsafe partial class Libc
{
    private const int AT_EMPTY_PATH = 0x1000; // the descriptor itself is meant
    private const uint STATX_TYPE = 1;
    private const int FileTypeMask = 0xF000; // S_IFMT
    private const int RegularFile = 0x8000; // S_IFREG
    private const int ModeOffset = 28; // of stx_mode in struct statx, which is one and the same on all architectures
    private const int StatBufferSize = 256;

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatFile(SafeFileHandle file, string path, int flags, uint mask, byte* buffer);

    [LibraryImport(Library, EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int StatFileSystem(SafeFileHandle file, byte* buffer);

    /// <summary>Whether the open file is a regular one. Answers 0 or the error number.</summary>
    internal static int IsRegularFile(SafeFileHandle file, out bool isRegular)
    {
        var buffer = stackalloc byte[StatBufferSize];
        isRegular = false;
        if (StatFile(file, string.Empty, AT_EMPTY_PATH, STATX_TYPE, buffer) != 0)
            return Marshal.GetLastPInvokeError();
        isRegular = (*(ushort*)(buffer + ModeOffset) & FileTypeMask) == RegularFile;
        return 0;
    }

    /// <summary>The magic number of the file's file system. Answers 0 or the error number.</summary>
    internal static int FileSystemMagic(SafeFileHandle file, out uint magic)
    {
        var buffer = stackalloc byte[StatBufferSize];
        magic = 0;
        while (StatFileSystem(file, buffer) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return errno;
        }

        magic = (uint)*(long*)buffer; // f_type comes first, as a long, on x64 and arm64
        return 0;
    }
}
