using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Byte locks of handles; see <see cref="ByteLock"/>. A test is a shared lock taken and returned at once, for lack of a mere question.
/// </summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsByteLock
{
    private const int Attempts = 100;

    internal static SafeFileHandle OpenAgain(string path, SafeFileHandle file, bool writable)
    {
        var opened = Kernel32.ReOpen(file, writable, out var error);
        if (error == 0)
            return opened;
        opened.Dispose();
        throw SystemCallException.ForCall("ReOpenFile", path, error);
    }

    internal static bool TryLock(SafeFileHandle file, string path, long offset) => TryOften(file, path, offset, Kernel32.LOCKFILE_EXCLUSIVE_LOCK);

    internal static bool TryShare(SafeFileHandle file, string path, long offset) => TryOften(file, path, offset, 0);

    internal static void Lock(SafeFileHandle file, string path, long offset)
    {
        var range = Kernel32.Overlapped.At(offset);
        var error = Kernel32.LockByte(file, Kernel32.LOCKFILE_EXCLUSIVE_LOCK, &range);
        if (error != 0)
            throw SystemCallException.ForCall("LockFileEx", path, error);
    }

    internal static void Unlock(SafeFileHandle file, string path, long offset)
    {
        var range = Kernel32.Overlapped.At(offset);
        var error = Kernel32.UnlockByte(file, &range);
        if (error != 0)
            throw SystemCallException.ForCall("UnlockFileEx", path, error);
    }

    internal static bool IsLocked(SafeFileHandle file, string path, long offset)
    {
        if (!TryOnce(file, path, offset, 0))
            return true;
        Unlock(file, path, offset);
        return false;
    }

    // A test by another process can be in the way for microseconds, so one refusal is not believed.
    private static bool TryOften(SafeFileHandle file, string path, long offset, uint kind)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryOnce(file, path, offset, kind))
                return true;
            Thread.Yield();
        }

        return false;
    }

    private static bool TryOnce(SafeFileHandle file, string path, long offset, uint kind)
    {
        var range = Kernel32.Overlapped.At(offset);
        return Kernel32.LockByte(file, kind | Kernel32.LOCKFILE_FAIL_IMMEDIATELY, &range) switch
        {
            0 => true,
            Kernel32.ERROR_LOCK_VIOLATION => false,
            var error => throw SystemCallException.ForCall("LockFileEx", path, error),
        };
    }
}
