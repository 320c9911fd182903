using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library opens files by their names alone.
internal static unsafe partial class Kernel32
{
    private const uint GENERIC_READ = 0x80000000;
    private const uint GENERIC_WRITE = 0x40000000;
    private const uint ShareAll = 7; // FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_SHARE_DELETE

    [LibraryImport(Library, EntryPoint = "ReOpenFile", SetLastError = true)]
    private static partial SafeFileHandle OpenFileOf(SafeFileHandle file, uint access, uint sharing, uint flags);

    /// <summary>Another handle of an open file, whatever its name is by now. The error code is 0, or Win32's.</summary>
    internal static SafeFileHandle ReOpen(SafeFileHandle file, bool writable, out int error)
    {
        var opened = OpenFileOf(file, writable ? GENERIC_READ | GENERIC_WRITE : GENERIC_READ, ShareAll, flags: 0);
        error = opened.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        return opened;
    }
}
