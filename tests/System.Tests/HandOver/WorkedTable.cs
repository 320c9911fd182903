using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

/// <summary>An instance with a directory of its own, workers of one role on one table, and a reader.</summary>
internal sealed class WorkedTable : IDisposable
{
    private const int Progress = 200;
    private const string Table = "accounts";

    private readonly TemporaryFolder _folder = new();
    private readonly SharedCounters _counters;
    private readonly List<IDisposable> _processes = [];

    public WorkedTable() => _counters = SharedCounters.Create(_folder["acknowledged"]);

    public string Root => _folder["i"];

    public ManagerProcess StartManager() => Keep(ManagerProcess.Start(Root));

    public ManagerProcess LaunchManager(params string[] options) => Keep(ManagerProcess.Launch(Root, options));

    /// <summary>A worker that has registered.</summary>
    public WorkerProcess StartWorker(int version = 1)
    {
        var place = _processes.Count;
        var peer = Start("worker", place, "--role", "billing", "--version", $"{version}");
        var worker = Keep(new WorkerProcess(peer, _counters, place));
        peer.WaitFor("connected");
        return worker;
    }

    /// <summary>A worker that owns the new table and has written.</summary>
    public WorkerProcess StartOwner(int version = 1)
    {
        var worker = StartWorker(version);
        Assert.Equal(new Arrival(1, TransferReason.Created, 0, 0, 0), worker.WaitForArrival());
        return worker;
    }

    /// <summary>A worker that has registered and waits for the table behind others.</summary>
    public WorkerProcess StartWaitingWorker(ManagerProcess manager, int version = 1)
    {
        var worker = StartWorker(version);
        manager.WaitForEvent("waiting", worker.Id);
        return worker;
    }

    /// <summary>A reader of version 1.</summary>
    public ReaderProcess StartReader() => Keep(new ReaderProcess(Start("account-reader", ReaderProcess.Place), _counters));

    /// <summary>Waits until the owner has written more rows and the reader has read on.</summary>
    public static void RequireProgress(WorkerProcess owner, ReaderProcess reader)
    {
        var end = owner.Acknowledged + Progress;
        Wait.Until(() => owner.Acknowledged > end || owner.Peer.HasExited, () => $"the owner to write on. {owner.Peer.Transcript()}");
        Assert.False(owner.Peer.HasExited, owner.Peer.Transcript());
        reader.RequireProgress();
    }

    /// <summary>The table's file as the directory has it now.</summary>
    public TableFile OpenFile() => new InstanceDirectory(root: Root).OpenTable(Table, writable: false);

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        _counters.Dispose();
        _folder.Dispose();
    }

    private PeerProcess Start(string command, int place, params string[] options) => PeerProcess.Start(
        [command, "--dir", Root, "--table", Table, "--counters", _folder["acknowledged"], "--place", $"{place}", .. options]);

    private TProcess Keep<TProcess>(TProcess process) where TProcess : IDisposable
    {
        _processes.Add(process);
        return process;
    }
}
