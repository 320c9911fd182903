using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Tests.Os;

/// <summary>Runs alone: children that other tests start meanwhile would inherit the descriptor of this one too.</summary>
[CollectionDefinition(nameof(InheritedLockTests), DisableParallelization = true)]
[Collection(nameof(InheritedLockTests))]
public sealed class InheritedLockTests
{
    [LinuxFact("handing an open file to a child")]
    public void The_kernel_drops_a_slots_lock_when_its_process_is_killed()
    {
        using var folder = new TemporaryFolder();
        var path = folder["a.ets"];
        TableFileHandle.CreateNew(path).Dispose();
        using var locks = new LivenessLocks(path, null, firstByte: 1L << 40);

        // On purpose without close-on-exec: the child inherits the open file, and with it the lock.
        using var inherited = new SafeFileHandle(Libc.Open(path, Libc.O_RDWR, 0, out _), ownsHandle: true);
        Assert.True(ByteLock.TryLock(inherited, path, (1L << 40) + 9));
        using var child = Commands.Sleep();
        inherited.Dispose();
        Assert.True(locks.IsHeld(9));
        Assert.False(locks.TryHold(9));

        child.Kill();
        child.WaitForExit();
        Assert.False(locks.IsHeld(9));
        Assert.True(locks.TryHold(9));
    }
}
