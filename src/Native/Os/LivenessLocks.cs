using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// The kernel's word on which writers live: one byte of the table's file, beyond its capacity, is locked for each writer's slot for as long
/// as the writer's process lives. The kernel drops the lock after it has taken the memory away from a dead process, so no store of it can
/// follow; it does so for zombies and across PID namespaces. Threads: all members are safe to use at once. Blocking: none waits for a lock.
/// </summary>
/// <remarks>
/// A lock belongs to the open file that took it, and that one is always told "free". So locks are held on one private descriptor and tested
/// through a second one, which also tells the truth about one's own slots. Neither descriptor is inherited by child processes.
/// Close this only after no store of this process into the table can follow.
/// </remarks>
internal sealed class LivenessLocks : Engine.Writers.ILiveness
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _held = [];
    private readonly string _path;
    private readonly long _firstByte;
    private readonly SafeFileHandle _testing;
    private SafeFileHandle? _holding; // opened at the first hold: a process that only reads may not open for writing
    private bool _disposed;

    /// <summary>Opens the descriptor for tests. A process that may only read the file can test but not hold.</summary>
    /// <param name="path">The table's file.</param>
    /// <param name="file">
    /// The table as it is open already: its very file is meant even if the name is gone. Null: the file of that name.
    /// </param>
    /// <param name="firstByte">The byte of slot 0.</param>
    /// <param name="mayHold">
    /// Whether this process may write. Windows opens the other descriptor at once then, as long as the file has its name: Wine finds it by that alone.
    /// </param>
    internal LivenessLocks(string path, SafeFileHandle? file, long firstByte, bool mayHold = false)
    {
        _path = path;
        _firstByte = firstByte;
        _testing = ByteLock.OpenAgain(path, file, writable: false);
        if (!mayHold || !OperatingSystem.IsWindows())
            return;
        try
        {
            _holding = ByteLock.OpenAgain(path, _testing, writable: true);
        }
        catch
        {
            _testing.Dispose();
            throw;
        }
    }

    /// <summary>Takes the slot's lock until <see cref="Release"/>, <see cref="Dispose"/> or death. False if another one holds it.</summary>
    public bool TryHold(int slot)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_held.Contains(slot))
                return true;
            _holding ??= ByteLock.OpenAgain(_path, _testing, writable: true);
            return ByteLock.TryLock(_holding, _path, _firstByte + slot) && _held.Add(slot);
        }
    }

    /// <summary>Gives up the slot's lock, if held.</summary>
    public void Release(int slot)
    {
        lock (_gate)
        {
            if (_held.Remove(slot))
                ByteLock.Unlock(_holding!, _path, _firstByte + slot);
        }
    }

    /// <summary>Whether any living process, this one included, holds the slot. Costs one system call.</summary>
    public bool IsHeld(int slot) => ByteLock.IsLocked(_testing, _path, _firstByte + slot);

    /// <summary>Drops all locks. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _held.Clear();
            _holding?.Dispose();
            _testing.Dispose();
        }
    }
}
