using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class LivenessLocksTests : IDisposable
{
    private const long FirstByte = 1L << 40;
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public LivenessLocksTests()
    {
        _path = _folder["a.ets"];
        TableFileHandle.CreateNew(_path).Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_held_slot_is_seen_by_others_and_by_its_holder_and_cannot_be_taken_twice()
    {
        using var one = new LivenessLocks(_path, null, FirstByte);
        using var other = new LivenessLocks(_path, null, FirstByte);
        Assert.True(one.TryHold(5));
        Assert.True(one.TryHold(5));
        Assert.True(one.IsHeld(5));
        Assert.True(other.IsHeld(5));
        Assert.False(other.TryHold(5));
        Assert.True(one.IsHeld(5));
    }

    [Fact]
    public void Slots_of_a_file_that_has_another_name_by_now_are_held_and_seen_as_before()
    {
        using var file = TableFileHandle.Open(_path, writable: true);
        using var one = new LivenessLocks(_path, file, FirstByte, mayHold: true);
        var renamed = _folder["b.ets"];
        File.Move(_path, renamed);
        using var other = new LivenessLocks(renamed, null, FirstByte);
        Assert.True(one.TryHold(5));
        Assert.True(other.IsHeld(5));
        Assert.True(other.TryHold(6));
        Assert.True(one.IsHeld(6));
    }

    [Fact]
    public void Slots_are_independent()
    {
        using var one = new LivenessLocks(_path, null, FirstByte);
        using var other = new LivenessLocks(_path, null, FirstByte);
        Assert.True(one.TryHold(4));
        Assert.True(other.TryHold(5));
        Assert.True(one.TryHold(6));
        one.Release(4);
        Assert.Equal((false, true, true), (other.IsHeld(4), other.IsHeld(5), other.IsHeld(6)));
        Assert.Equal((false, true, true), (one.IsHeld(4), one.IsHeld(5), one.IsHeld(6)));
    }

    [Fact]
    public void Releasing_or_disposing_frees_the_slot()
    {
        using var other = new LivenessLocks(_path, null, FirstByte);
        using (var one = new LivenessLocks(_path, null, FirstByte))
        {
            Assert.True(one.TryHold(1) && one.TryHold(2));
            one.Release(1);
            one.Release(1);
            Assert.False(other.IsHeld(1));
            Assert.True(other.IsHeld(2));
        }

        Assert.False(other.IsHeld(2));
        Assert.True(other.TryHold(2));
    }

    [Fact]
    public void Locks_stay_when_the_table_is_opened_and_closed_again_elsewhere_in_the_process()
    {
        using var one = new LivenessLocks(_path, null, FirstByte);
        using var other = new LivenessLocks(_path, null, FirstByte);
        Assert.True(one.TryHold(0));
        TableFileHandle.Open(_path, writable: true).Dispose(); // a classic POSIX lock would be lost here
        Assert.True(other.IsHeld(0));
    }

    [LinuxFact("names that go while a file is open")]
    public void An_unlinked_file_is_reached_through_its_open_handle()
    {
        using var file = TableFileHandle.Open(_path, writable: true);
        File.Delete(_path);
        using var one = new LivenessLocks(_path, file, FirstByte);
        using var other = new LivenessLocks(_path, file, FirstByte);
        Assert.True(one.TryHold(3));
        Assert.True(other.IsHeld(3));
    }

    [Fact]
    public void A_child_process_inherits_no_lock()
    {
        using var other = new LivenessLocks(_path, null, FirstByte);
        var one = new LivenessLocks(_path, null, FirstByte);
        Assert.True(one.TryHold(7));
        using var child = Commands.Sleep();
        one.Dispose();
        Assert.False(child.HasExited);
        Assert.False(other.IsHeld(7));
        child.Kill();
        child.WaitForExit();
    }

    [Fact]
    public void Many_threads_may_hold_test_and_release()
    {
        using var one = new LivenessLocks(_path, null, FirstByte);
        using var other = new LivenessLocks(_path, null, FirstByte);
        Parallel.For(0, 200, slot =>
        {
            Assert.True(one.TryHold(slot));
            Assert.True(other.IsHeld(slot));
            one.Release(slot);
            Assert.False(other.IsHeld(slot));
        });
    }

    [Fact]
    public void Use_after_disposal_is_a_typed_error()
    {
        var one = new LivenessLocks(_path, null, FirstByte);
        one.Dispose();
        Assert.Throws<ObjectDisposedException>(() => one.TryHold(0));
        Assert.Throws<ObjectDisposedException>(() => one.IsHeld(0));
    }
}
