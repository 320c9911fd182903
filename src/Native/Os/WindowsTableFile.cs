using System.Runtime.Versioning;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>Table files by the calls of Windows; see <see cref="TableFileHandle"/>.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsTableFile
{
    private const int WriteStep = 1 << 20;
    private const long ReservationLockByte = long.MaxValue - 1; // beyond any capacity and any slot

    private static readonly Lock ReservationLock = new();
    private static readonly byte[] Zeros = new byte[WriteStep];

    internal static SafeFileHandle CreateNew(string path)
    {
        var file = OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
        var error = Kernel32.SetSparse(file);
        if (error == 0)
            return file;
        file.Dispose();
        File.Delete(path);
        throw new UnsupportedFileSystemException($"'{path}' lies on a file system without sparse files (error {error}). " +
            "Place tables on NTFS.");
    }

    internal static SafeFileHandle Open(string path, bool writable)
    {
        if (new FileInfo(path) is { Exists: true } information && (information.Attributes & FileAttributes.ReparsePoint) != 0)
            throw new TableFormatException($"'{path}' is a symbolic link, and none is followed. Name the file itself, or put it in the link's place.");
        if (Directory.Exists(path))
            throw new TableFormatException($"'{path}' is a directory and no file. Check the name.");
        return OpenHandle(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read);
    }

    /// <summary>For lock files.</summary>
    internal static SafeFileHandle OpenOrCreate(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotPermitted(path, error);
        }
        catch (IOException error)
        {
            throw new SystemCallException($"'{path}' cannot be opened: {error.Message} Create its directory first.", error);
        }
    }

    internal static void SetLength(SafeFileHandle file, string path, long length)
    {
        try
        {
            RandomAccess.SetLength(file, length);
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            throw TableFullException.ForFile(path, length, $"the file system refuses that length ({error.Message}). Lower MaximumBytes.");
        }
    }

    /// <summary>
    /// Writes zeros where nothing is allocated. Unlike fallocate this would destroy what another process has stored meanwhile; so looking
    /// and writing happen under a lock of the file, which the kernel drops when its holder dies. Bytes that were found allocated are not
    /// touched.
    /// </summary>
    internal static void Reserve(SafeFileHandle file, string path, long offset, long length)
    {
        lock (ReservationLock) // the range lock excludes other handles, not other threads that wait on the same one
        {
            WindowsByteLock.Lock(file, path, ReservationLockByte);
            try
            {
                FillGaps(file, path, offset, offset + length);
            }
            finally
            {
                WindowsByteLock.Unlock(file, path, ReservationLockByte);
            }
        }
    }

    internal static void RenameNoReplace(string source, string destination)
    {
        try
        {
            File.Move(source, destination, overwrite: false);
        }
        catch (FileNotFoundException error)
        {
            throw new TableNotFoundException($"'{source}' cannot be renamed to '{destination}': it is gone.", error);
        }
        catch (IOException error) when (ErrorCode(error) is Kernel32.ERROR_ALREADY_EXISTS or Kernel32.ERROR_FILE_EXISTS)
        {
            throw new TableExistsException($"Table file '{destination}' exists already; it is not replaced. Choose another name.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotPermitted(destination, error);
        }
        catch (IOException error)
        {
            throw new SystemCallException($"'{source}' cannot be renamed to '{destination}': {error.Message}", error);
        }
    }

    internal static void RequireSupportedFileSystem(string path)
    {
        var root = Path.GetPathRoot(Path.GetFullPath(path));
        string format;
        try
        {
            format = root is null || root.StartsWith(@"\\", StringComparison.Ordinal) ? "a network share" : new DriveInfo(root).DriveFormat;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UnsupportedFileSystemException($"The file system of '{path}' cannot be determined: " +
                $"{error.Message} Choose a directory on NTFS.", error);
        }

        if (!string.Equals(format, "NTFS", StringComparison.OrdinalIgnoreCase))
            throw new UnsupportedFileSystemException($"'{path}' lies on {format}, where tables are not supported. " +
                "Choose a directory on NTFS.");
    }

    private static void FillGaps(SafeFileHandle file, string path, long offset, long end)
    {
        while (offset < end)
        {
            var window = new Kernel32.AllocatedRange { Offset = offset, Length = end - offset };
            var error = Kernel32.FirstAllocatedRange(file, window, out var allocated);
            if (error == Kernel32.ERROR_NOT_SUPPORTED)
                return; // Wine. Zeros could destroy what others have stored there, so nothing is reserved, and a full disk ends the process.
            if (error != 0)
                throw SystemCallException.ForCall("DeviceIoControl(FSCTL_QUERY_ALLOCATED_RANGES)", path, error);
            var gapEnd = allocated.Length == 0 ? end : Math.Max(offset, allocated.Offset);
            WriteZeros(file, path, offset, gapEnd);
            offset = allocated.Length == 0 ? end : allocated.Offset + allocated.Length;
        }
    }

    private static void WriteZeros(SafeFileHandle file, string path, long offset, long end)
    {
        try
        {
            for (; offset < end; offset += WriteStep)
                RandomAccess.Write(file, Zeros.AsSpan(0, (int)Math.Min(WriteStep, end - offset)), offset);
        }
        catch (IOException error) when (ErrorCode(error) is Kernel32.ERROR_DISK_FULL or Kernel32.ERROR_HANDLE_DISK_FULL)
        {
            throw TableFullException.ForFile(path, end - offset, "its disk is full. Free space there or place the table elsewhere.");
        }
    }

    private static SafeFileHandle OpenHandle(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableNotFoundException(mode == FileMode.CreateNew
                ? $"Table file '{path}' cannot be created: its directory does not exist. Create the directory first."
                : $"Table file '{path}' does not exist. Check the name and the directory.", error);
        }
        catch (IOException error) when (ErrorCode(error) is Kernel32.ERROR_ALREADY_EXISTS or Kernel32.ERROR_FILE_EXISTS)
        {
            throw new TableExistsException($"Table file '{path}' exists already; it is not replaced. Choose another name.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotPermitted(path, error);
        }
        catch (IOException error)
        {
            throw new SystemCallException($"Table file '{path}' cannot be opened: {error.Message}", error);
        }
    }

    private static TableAccessException NotPermitted(string path, Exception error) =>
        new($"'{path}' is not accessible to user {Environment.UserName}: " +
            $"{error.Message} Run as the user that owns it, or have its permissions changed.", error);

    private static int ErrorCode(IOException error) => error.HResult & 0xFFFF;
}
