using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Locks of single bytes of a file, exclusive or shared, which belong to the open file and end with it: one implementation per system.
/// </summary>
internal static class ByteLock
{
    /// <summary>A new open file of the same file, with locks of its own. An open one is opened again itself: it may have another name by now.</summary>
    internal static SafeFileHandle OpenAgain(string path, SafeFileHandle? file, bool writable)
    {
        if (file is null)
            return TableFileHandle.Open(path, writable);
        if (OperatingSystem.IsLinux())
            return LinuxByteLock.OpenAgain(path, file, writable);
        return OperatingSystem.IsWindows() ? WindowsByteLock.OpenAgain(path, file, writable) : throw TableFileHandle.UnsupportedSystem();
    }

    /// <summary>Locks the byte at once, or answers false because another open file holds it.</summary>
    internal static bool TryLock(SafeFileHandle file, string path, long offset)
    {
        if (OperatingSystem.IsLinux())
            return LinuxByteLock.TryLock(file, path, offset);
        return OperatingSystem.IsWindows() ? WindowsByteLock.TryLock(file, path, offset) : throw TableFileHandle.UnsupportedSystem();
    }

    /// <summary>Shares the lock of the byte at once, or answers false because another open file holds it for itself.</summary>
    internal static bool TryShare(SafeFileHandle file, string path, long offset)
    {
        if (OperatingSystem.IsLinux())
            return LinuxByteLock.TryShare(file, path, offset);
        return OperatingSystem.IsWindows() ? WindowsByteLock.TryShare(file, path, offset) : throw TableFileHandle.UnsupportedSystem();
    }

    /// <summary>Waits in the kernel until the byte is free, then holds it.</summary>
    internal static void Lock(SafeFileHandle file, string path, long offset)
    {
        if (OperatingSystem.IsLinux())
            LinuxByteLock.Lock(file, path, offset);
        else if (OperatingSystem.IsWindows())
            WindowsByteLock.Lock(file, path, offset);
        else
            throw TableFileHandle.UnsupportedSystem();
    }

    /// <summary>Unlocks the byte.</summary>
    internal static void Unlock(SafeFileHandle file, string path, long offset)
    {
        if (OperatingSystem.IsLinux())
            LinuxByteLock.Unlock(file, path, offset);
        else if (OperatingSystem.IsWindows())
            WindowsByteLock.Unlock(file, path, offset);
    }

    /// <summary>Whether an open file other than this one holds the byte.</summary>
    internal static bool IsLocked(SafeFileHandle file, string path, long offset)
    {
        if (OperatingSystem.IsLinux())
            return LinuxByteLock.IsLocked(file, path, offset);
        return OperatingSystem.IsWindows() ? WindowsByteLock.IsLocked(file, path, offset) : throw TableFileHandle.UnsupportedSystem();
    }
}
