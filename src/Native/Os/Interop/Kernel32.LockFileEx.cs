using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library's FileStream.Lock cannot lock shared and cannot wait.
internal static unsafe partial class Kernel32
{
    internal const uint LOCKFILE_FAIL_IMMEDIATELY = 1;
    internal const uint LOCKFILE_EXCLUSIVE_LOCK = 2;

    /// <summary>struct OVERLAPPED: where the lock begins.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Overlapped
    {
        internal nuint Internal;
        internal nuint InternalHigh;
        internal uint Offset;
        internal uint OffsetHigh;
        internal nint Event;

        internal static Overlapped At(long offset) => new() { Offset = (uint)offset, OffsetHigh = (uint)(offset >> 32) };
    }

    [LibraryImport(Library, EntryPoint = "LockFileEx", SetLastError = true)]
    private static partial int LockRange(
        SafeFileHandle file, uint flags, uint reserved, uint lengthLow, uint lengthHigh, Overlapped* overlapped);

    [LibraryImport(Library, EntryPoint = "UnlockFileEx", SetLastError = true)]
    private static partial int UnlockRange(SafeFileHandle file, uint reserved, uint lengthLow, uint lengthHigh, Overlapped* overlapped);

    /// <summary>Locks one byte. Answers 0 or the Win32 error code.</summary>
    internal static int LockByte(SafeFileHandle file, uint flags, Overlapped* overlapped) =>
        LockRange(file, flags, 0, 1, 0, overlapped) != 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Unlocks one byte. Answers 0 or the Win32 error code.</summary>
    internal static int UnlockByte(SafeFileHandle file, Overlapped* overlapped) =>
        UnlockRange(file, 0, 1, 0, overlapped) != 0 ? 0 : Marshal.GetLastPInvokeError();
}
