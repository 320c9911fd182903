using System.Diagnostics;
using EtsPersist.Mmf.Harness.Processes;
using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary><c>etspersist run</c> in a process of its own, and what that has in use.</summary>
internal sealed class MeasuredManager : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _root = RunningManager.NewRoot();

    private MeasuredManager()
    {
        Directory = new InstanceDirectory(root: _root);
        var command = Executable.CommandOf("etspersist");
        _process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], "run", "--dir", _root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += static (_, _) => { }; // its log, which somebody must read
        _process.BeginErrorReadLine();
    }

    public InstanceDirectory Directory { get; }

    /// <summary>Starts one, and waits until it serves and has rehearsed.</summary>
    public static async Task<MeasuredManager> StartAsync()
    {
        var manager = new MeasuredManager();
        var ready = await manager._process.StandardOutput.ReadLineAsync().WaitAsync(RunningManager.Patience);
        Assert.StartsWith("ready", ready, StringComparison.Ordinal);
        var rehearsals = Path.Join(manager.Directory.Path, "rehearsals");
        await RunningManager.UntilAsync(
            () => System.IO.Directory.Exists(rehearsals) && System.IO.Directory.GetFileSystemEntries(rehearsals).Length == 0);
        return manager;
    }

    /// <summary>Has a worker own a table, write it, and drop it again.</summary>
    public async Task RequireServesAsync()
    {
        var options = new EtsWorkerOptions { Directory = _root, ConnectTimeout = RunningManager.Patience };
        await using var worker = await EtsWorker.ConnectAsync("served", options);
        await using var table = await worker.OwnAsync<string, long>("served", EtsTableOptions.Default).WaitAsync(RunningManager.Patience);
        table.Insert("alice", 1);
        await worker.DropAsync("served").WaitAsync(RunningManager.Patience);
    }

    /// <summary>What it has in use; twice, since what has a finalizer goes with the second collection.</summary>
    public Footprint Measure()
    {
        ManagedHeap.Measure(_process.Id);
        return new Footprint(ManagedHeap.Measure(_process.Id), CountDescriptors());
    }

    /// <summary>Waits until no more is in use than before, but for a part: the last connections end when the manager notices it.</summary>
    public async Task<Footprint> RequireFootprintAsync(double tolerance, Footprint before)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = Measure();
            if (now.IsWithin(tolerance, before)) return now;
            Assert.True(Stopwatch.GetElapsedTime(since) < RunningManager.Patience, $"{before} has become {now}.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        System.IO.Directory.Delete(_root, recursive: true);
    }

    private int CountDescriptors()
    {
        if (OperatingSystem.IsLinux()) return System.IO.Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Count(IsInUse);
        _process.Refresh();
        return _process.HandleCount;
    }

    /// <summary>
    /// Whether a descriptor counts: all but those of the program's own code and symbols, of which the runtime opens more when a method is first compiled or a stack trace
    /// first printed, and closes none.
    /// </summary>
    private static bool IsInUse(string descriptor)
    {
        var target = new FileInfo(descriptor).LinkTarget;
        return target is not null && Path.GetExtension(target) is not (".dll" or ".pdb");
    }
}
