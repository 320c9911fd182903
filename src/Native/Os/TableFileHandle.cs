using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Opening, sizing, reserving and placing table files: one set of rules, one implementation per system. Descriptors are never inherited by
/// child processes and symbolic links are never followed. Threads: all members are safe to call at once.
/// </summary>
internal static class TableFileHandle
{
    /// <summary>
    /// Makes a file that only this user can open, on Linux perhaps also the group that it gets from its directory.
    /// <see cref="TableExistsException"/> if the name is taken.
    /// </summary>
    internal static SafeFileHandle CreateNew(string path, bool isForGroup = false)
    {
        if (OperatingSystem.IsLinux())
            return LinuxTableFile.CreateNew(path, isForGroup);
        return OperatingSystem.IsWindows() ? WindowsTableFile.CreateNew(path) : throw UnsupportedSystem();
    }

    /// <summary>
    /// Opens an existing file. <see cref="TableNotFoundException"/> if absent, <see cref="TableAccessException"/> if this user may not,
    /// <see cref="TableFormatException"/> if it is a symbolic link or no regular file.
    /// </summary>
    internal static SafeFileHandle Open(string path, bool writable)
    {
        if (OperatingSystem.IsLinux())
            return LinuxTableFile.Open(path, writable);
        return OperatingSystem.IsWindows() ? WindowsTableFile.Open(path, writable) : throw UnsupportedSystem();
    }

    /// <summary>The file's length in bytes, which is its capacity, not what it occupies.</summary>
    internal static long GetLength(SafeFileHandle file) => RandomAccess.GetLength(file);

    /// <summary>
    /// Sets the length without reserving anything. <see cref="TableFullException"/> where a limit of the process or of the file system is
    /// lower.
    /// </summary>
    internal static void SetLength(SafeFileHandle file, string path, long length)
    {
        var limit = FileSizeLimit;
        if (length > limit) // asked for before the call, because the kernel's own answer is the signal SIGXFSZ
        {
            throw TableFullException.ForFile(path, length - GetLength(file),
                $"the process may write files of at most {limit} bytes (RLIMIT_FSIZE). Raise 'ulimit -f' or lower MaximumBytes to that.");
        }

        if (OperatingSystem.IsLinux())
            LinuxTableFile.SetLength(file, path, length);
        else if (OperatingSystem.IsWindows())
            WindowsTableFile.SetLength(file, path, length);
        else
            throw UnsupportedSystem();
    }

    /// <summary>
    /// Makes sure that the bytes have space behind them, so that no store into them can fail. What they contain stays. Any number of
    /// processes may reserve the same bytes at once. <see cref="TableFullException"/> if there is no space, before anything was changed
    /// that anyone can see; a kill leaves space reserved that the next reservation finds. The bytes must lie within the file's length.
    /// </summary>
    internal static void Reserve(SafeFileHandle file, string path, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
            LinuxTableFile.Reserve(file, path, offset, length);
        else if (OperatingSystem.IsWindows())
            WindowsTableFile.Reserve(file, path, offset, length);
        else
            throw UnsupportedSystem();
    }

    /// <summary>Gives the file its final name at one instant. <see cref="TableExistsException"/> if the name is taken.</summary>
    internal static void RenameNoReplace(string source, string destination)
    {
        if (OperatingSystem.IsLinux())
            LinuxTableFile.RenameNoReplace(source, destination);
        else if (OperatingSystem.IsWindows())
            WindowsTableFile.RenameNoReplace(source, destination);
        else
            throw UnsupportedSystem();
    }

    /// <summary>Refuses file systems that cannot reserve space as tables need it: <see cref="UnsupportedFileSystemException"/>.</summary>
    internal static void RequireSupportedFileSystem(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsLinux())
            LinuxFileSystem.RequireSupported(file, path);
        else if (OperatingSystem.IsWindows())
            WindowsTableFile.RequireSupportedFileSystem(path);
        else
            throw UnsupportedSystem();
    }

    /// <summary>The longest file that this process may write (RLIMIT_FSIZE); <see cref="long.MaxValue"/> if unlimited.</summary>
    internal static long FileSizeLimit => OperatingSystem.IsLinux() ? Interop.Libc.ResourceLimit(Interop.Libc.RLIMIT_FSIZE) : long.MaxValue;

    /// <summary>The address space that this process may use (RLIMIT_AS); <see cref="long.MaxValue"/> if unlimited.</summary>
    internal static long AddressSpaceLimit =>
        OperatingSystem.IsLinux() ? Interop.Libc.ResourceLimit(Interop.Libc.RLIMIT_AS) : long.MaxValue;

    internal static PlatformNotSupportedException UnsupportedSystem([CallerMemberName] string member = "") =>
        new($"{member}: table files are supported on Linux and Windows (x64 and arm64), not on '{Environment.OSVersion.Platform}'.");
}
