using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os.Interop;

// The base library's FileStream.Lock cannot lock shared, cannot wait and cannot be cancelled.
internal static unsafe partial class Kernel32
{
    internal const uint LOCKFILE_FAIL_IMMEDIATELY = 1;
    internal const uint LOCKFILE_EXCLUSIVE_LOCK = 2;

    /// <summary>struct OVERLAPPED: where the lock begins, and the event that tells completion.</summary>
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

    [LibraryImport(Library, EntryPoint = "GetOverlappedResult", SetLastError = true)]
    private static partial int OverlappedResult(SafeFileHandle file, Overlapped* overlapped, uint* transferred, int wait);

    [LibraryImport(Library, EntryPoint = "CancelIoEx", SetLastError = true)]
    private static partial int CancelIo(SafeFileHandle file, Overlapped* overlapped);

    /// <summary>
    /// Locks one byte. Answers 0 or the Win32 error code (<see cref="ERROR_IO_PENDING"/> when an overlapped handle waits).
    /// </summary>
    internal static int LockByte(SafeFileHandle file, uint flags, Overlapped* overlapped) =>
        LockRange(file, flags, 0, 1, 0, overlapped) != 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Unlocks one byte. Answers 0 or the Win32 error code.</summary>
    internal static int UnlockByte(SafeFileHandle file, Overlapped* overlapped) =>
        UnlockRange(file, 0, 1, 0, overlapped) != 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>
    /// Cancels a lock request that waits, then waits for its end. Answers 0 if the lock was granted after all, else the error code.
    /// </summary>
    internal static int CancelAndWait(SafeFileHandle file, Overlapped* overlapped)
    {
        _ = CancelIo(file, overlapped);
        return WaitForResult(file, overlapped);
    }

    /// <summary>Waits for the end of an overlapped call. Answers 0 or the Win32 error code.</summary>
    internal static int WaitForResult(SafeFileHandle file, Overlapped* overlapped)
    {
        uint transferred;
        return OverlappedResult(file, overlapped, &transferred, 1) != 0 ? 0 : Marshal.GetLastPInvokeError();
    }
}
