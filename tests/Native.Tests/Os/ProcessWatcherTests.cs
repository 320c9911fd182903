using System.Diagnostics;
using System.Globalization;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Native.Os.Interop;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class ProcessWatcherTests : IDisposable
{
    private readonly Deaths _deaths = new();
    private readonly ProcessWatcher _watcher = new();
    private readonly List<Process> _children = [];

    public void Dispose()
    {
        foreach (var child in _children)
        {
            child.Kill();
            child.WaitForExit();
            child.Dispose();
        }

        _watcher.Dispose();
        _deaths.Dispose();
    }

    [Fact]
    public void The_death_of_a_killed_child_is_reported_once_with_its_exit_code()
    {
        var identity = StartChild(out var child);
        using var watching = _watcher.Watch(identity, _deaths.Add);
        Assert.Equal(0, _deaths.Left);
        var killed = Stopwatch.GetTimestamp();
        child.Kill();
        var death = _deaths.Next();
        Assert.Equal(identity, death.Process);
        Assert.True(death.TimestampTicks >= killed);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(128 + 9, death.ExitCode);

        child.WaitForExit(); // by now Process.Exited has fired too
        Assert.Equal(0, DeathsLeftAfterAnotherReport());
    }

    [LinuxFact("a shell")]
    public void The_exit_code_of_a_child_that_ends_by_itself_is_told()
    {
        var start = new ProcessStartInfo("sh", ["-c", "read line; exit 42"]) { RedirectStandardInput = true };
        var child = Process.Start(start)!;
        _children.Add(child);
        Assert.True(ProcessIdentity.TryRead(child.Id, out var identity));
        using var watching = _watcher.Watch(identity, _deaths.Add);
        child.StandardInput.WriteLine();
        Assert.Equal(42, _deaths.Next().ExitCode);
    }

    [LinuxFact("elsewhere a child is like any other process")]
    public void The_death_of_a_process_that_is_no_child_is_reported()
    {
        var identity = StartStranger();
        using var watching = _watcher.Watch(identity, _deaths.Add);
        Commands.Run("kill", "-9", identity.ProcessId.ToString(CultureInfo.InvariantCulture));
        var death = _deaths.Next();
        Assert.Equal(identity, death.Process);
        Assert.True(death.ExitCode is null or 128 + 9);
    }

    [Fact]
    public void A_process_that_was_dead_already_is_reported()
    {
        var identity = StartChild(out var child);
        child.Kill();
        child.WaitForExit();
        using var watching = _watcher.Watch(identity, _deaths.Add);
        Assert.Equal(identity, _deaths.Next().Process);
    }

    [LinuxFact("zombies")]
    public void A_zombie_is_dead()
    {
        // The shell becomes a sleep, which never waits for the child that it started before.
        var start = new ProcessStartInfo("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"]) { RedirectStandardOutput = true };
        var parent = Process.Start(start)!;
        _children.Add(parent);
        var zombie = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        Assert.True(ProcessIdentity.TryRead(zombie, out var identity));
        using var watching = _watcher.Watch(identity, _deaths.Add);
        Commands.Run("kill", "-9", zombie.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(identity, _deaths.Next().Process);
        Assert.True(ProcessIdentity.TryRead(zombie, out _));

        using var late = _watcher.Watch(identity, _deaths.Add);
        Assert.Equal(identity, _deaths.Next().Process);
    }

    [Fact]
    public void An_id_that_another_process_has_now_counts_as_dead()
    {
        var identity = StartChild(out var child);
        var earlier = identity with { StartTime = identity.StartTime - 1 };
        using var watching = _watcher.Watch(earlier, _deaths.Add);
        Assert.Equal(earlier, _deaths.Next().Process);
        Assert.False(child.HasExited);
    }

    [Fact]
    public void Without_descriptors_the_runtimes_own_event_is_enough_for_a_child()
    {
        var exitCode = KillWithoutDescriptors(StartChild(out _));
        if (OperatingSystem.IsLinux())
            Assert.Equal(128 + 9, exitCode);
    }

    [LinuxFact("elsewhere a child is like any other process")]
    public void Without_descriptors_the_runtimes_own_event_is_enough_for_a_process_that_is_no_child() =>
        Assert.Null(KillWithoutDescriptors(StartStranger()));

    [LinuxFact("descriptors of processes")]
    public void A_given_descriptor_is_enough_and_stays_the_callers()
    {
        var identity = StartChild(out var child);
        using var pidfd = Libc.OpenPidfd(child.Id, out _)!;
        var invisible = new ProcessIdentity(0, 0);
        using var watching = _watcher.Watch(invisible, pidfd, _deaths.Add);
        child.Kill();
        Assert.Equal(invisible, _deaths.Next().Process);
        Assert.False(pidfd.IsClosed);
        Assert.True(Libc.HasEnded(pidfd));
        Assert.NotEqual(0, identity.ProcessId);
    }

    [Fact]
    public void A_process_that_cannot_be_told_from_others_is_refused_with_a_remedy()
    {
        Assert.Contains("PID namespace", Assert.Throws<ProcessNotObservableException>(
            () => _watcher.Watch(new ProcessIdentity(0, 0), _deaths.Add)).Message, StringComparison.Ordinal);
        Assert.Throws<ProcessNotObservableException>(() => _watcher.Watch(new ProcessIdentity(Environment.ProcessId, 0), _deaths.Add));
    }

    [Fact]
    public void After_the_end_of_the_watching_nothing_is_reported()
    {
        var identity = StartChild(out var child);
        using (_watcher.Watch(identity, _ => Assert.Fail("watching had ended")))
        {
        }

        child.Kill();
        child.WaitForExit();
        Assert.Equal(0, DeathsLeftAfterAnotherReport());
    }

    [Fact]
    public void Two_watchings_of_one_process_report_to_both()
    {
        var identity = StartChild(out var child);
        using var one = _watcher.Watch(identity, _deaths.Add);
        using var other = _watcher.Watch(identity, _deaths.Add);
        child.Kill();
        Assert.Equal((identity, identity), (_deaths.Next().Process, _deaths.Next().Process));
    }

    [Fact]
    public void A_hundred_processes_are_reported_each_once()
    {
        var identities = Enumerable.Range(0, 100).Select(_ => StartChild(out var _)).ToHashSet();
        foreach (var identity in identities)
            _watcher.Watch(identity, _deaths.Add);
        foreach (var child in _children)
            child.Kill();
        var reported = identities.Select(_ => _deaths.Next().Process).ToHashSet();
        Assert.Equal(identities, reported);
        foreach (var child in _children)
            child.WaitForExit();
        Assert.Equal(0, DeathsLeftAfterAnotherReport());
    }

    [Fact]
    public void An_error_in_a_report_reaches_its_handler_and_the_watcher_goes_on()
    {
        using var errors = new System.Collections.Concurrent.BlockingCollection<Exception>();
        using var watcher = new ProcessWatcher(errors.Add);
        var identity = StartChild(out var child);
        using var failing = watcher.Watch(identity, _ => throw new InvalidOperationException("report"));
        child.Kill();
        Assert.Equal("report", errors.Take().Message);

        var next = StartChild(out var second);
        using var watching = watcher.Watch(next, _deaths.Add);
        second.Kill();
        Assert.Equal(next, _deaths.Next().Process);
    }

    [Fact]
    public void A_disposed_watcher_reports_no_more_and_takes_no_more()
    {
        var identity = StartChild(out _);
        var watcher = new ProcessWatcher();
        watcher.Watch(identity, _deaths.Add);
        watcher.Dispose();
        watcher.Dispose();
        Assert.Throws<ObjectDisposedException>(() => watcher.Watch(identity, _deaths.Add));
    }

    [Fact]
    public void A_report_may_watch_the_next_process_and_end_its_own_watcher()
    {
        var first = StartChild(out var child);
        var second = StartChild(out var successor);
        using var watcher = new ProcessWatcher();
        watcher.Watch(first, _ => watcher.Watch(second, death =>
        {
            watcher.Dispose();
            _deaths.Add(death);
        }));
        child.Kill();
        child.WaitForExit();
        successor.Kill();
        Assert.Equal(second, _deaths.Next().Process);
    }

    private ProcessIdentity StartChild(out Process child)
    {
        child = Commands.Sleep();
        _children.Add(child);
        Assert.True(ProcessIdentity.TryRead(child.Id, out var identity));
        return identity;
    }

    /// <summary>A process whose parent has gone, so that it is nobody's child here.</summary>
    private static ProcessIdentity StartStranger()
    {
        var id = Commands.Run("sh", "-c", "sleep 600 >/dev/null & echo $!");
        Assert.True(ProcessIdentity.TryRead(int.Parse(id, CultureInfo.InvariantCulture), out var identity));
        return identity;
    }

    /// <summary>Reports that came too often: counted once a later death went through the same watcher.</summary>
    private int? KillWithoutDescriptors(ProcessIdentity identity)
    {
        using var watcher = new ProcessWatcher(null, useDescriptors: false);
        using var watching = watcher.Watch(identity, _deaths.Add);
        Process.GetProcessById(identity.ProcessId).Kill();
        var death = _deaths.Next();
        Assert.Equal(identity, death.Process);
        return death.ExitCode;
    }

    private int DeathsLeftAfterAnotherReport()
    {
        var identity = StartChild(out var child);
        using var watching = _watcher.Watch(identity, _deaths.Add);
        child.Kill();
        Assert.Equal(identity, _deaths.Next().Process);
        return _deaths.Left;
    }
}
