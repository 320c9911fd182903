using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// An exclusive lock in the form of a file that is never deleted: whoever holds it is the only one, in this process and in all others,
/// until disposal or death, when the kernel drops it. Child processes do not inherit it. Threads: all members may be called at once.
/// </summary>
public sealed class LockFile : IDisposable
{
    private readonly SafeFileHandle _file;

    internal LockFile(string path, SafeFileHandle file)
    {
        Path = path;
        _file = file;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Takes the lock at once, making the file if it is absent. Blocking: none.</summary>
    /// <param name="path">The file; it is made readable and writable for this user only.</param>
    /// <param name="lockFile">The lock, held until its disposal.</param>
    /// <returns>False if another one holds it.</returns>
    /// <exception cref="TableAccessException">This user may not open the file.</exception>
    /// <exception cref="SystemCallException">The file cannot be opened: its directory is absent, it is a link, or the like.</exception>
    public static bool TryAcquire(string path, [NotNullWhen(true)] out LockFile? lockFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Open(path);
        try
        {
            lockFile = ByteLock.TryLock(file, path, 0) ? new LockFile(path, file) : null;
        }
        catch
        {
            file.Dispose();
            throw;
        }

        if (lockFile is null)
            file.Dispose();
        return lockFile is not null;
    }

    /// <summary>
    /// Waits for the lock in the kernel, on a thread of its own, so that it is here as soon as the holder is gone. Blocking: none; the task
    /// waits.
    /// </summary>
    /// <remarks>
    /// Nothing but the lock ends that wait: after a cancellation the task ends at once, while the thread, which does not keep the
    /// process alive, goes on to wait and gives the lock back in the moment in which it gets it.
    /// </remarks>
    /// <param name="path">The file; it is made readable and writable for this user only.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, held until its disposal.</returns>
    /// <exception cref="TableAccessException">This user may not open the file.</exception>
    /// <exception cref="SystemCallException">The file cannot be opened: its directory is absent, it is a link, or the like.</exception>
    public static Task<LockFile> AcquireAsync(string path, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<LockFile>(cancellationToken);
        if (TryAcquire(path, out var lockFile))
            return Task.FromResult(lockFile);
        return LockWait.AcquireAsync(path, Open(path), cancellationToken);
    }

    /// <summary>Gives the lock back. The file stays, so that all mean the same one.</summary>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsLinux())
            return LinuxTableFile.OpenOrCreate(path);
        return OperatingSystem.IsWindows()
            ? WindowsTableFile.OpenOrCreate(path)
            : throw TableFileHandle.UnsupportedSystem();
    }
}
