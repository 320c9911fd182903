using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Manager.Workers;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Tables;

/// <summary>The tables of a manager without its pipe, in a directory of their own.</summary>
internal sealed class DirectoryGround : IDisposable
{
    private readonly InstanceDirectory _directory = new(root: RunningManager.NewRoot());
    private readonly ManagerEvents _events = new(NullLogger.Instance);
    private readonly WorkerProcesses _processes;
    private readonly Dispatcher _dispatcher = new();

    public DirectoryGround()
    {
        _directory.Create();
        _processes = new WorkerProcesses(_events, _ => { });
        Store = new TableStore(_directory, NullLogger.Instance);
        Tables = new TableDirectory(new TableSurroundings(
            _dispatcher, Store, _processes, new RegisteredWorkers(), _events, HandOverPolicy.Default, TimeProvider.System));
    }

    public TableStore Store { get; }

    public TableDirectory Tables { get; }

    /// <summary>This process.</summary>
    public WorkerProcess Owner => _processes.Watch(ProcessIdentity.Current, pidfd: null);

    /// <summary>Opens a table beside the manager.</summary>
    public TableFile Open(string name) => _directory.OpenTable(name, writable: false);

    /// <summary>A worker of this process, to which nothing that is sent arrives.</summary>
    public WorkerRegistration NewWorker() => new(Owner, new RegisterMessage("billing", 0, []), new OutgoingFrames(Stream.Null, static () => { }));

    /// <summary>Starts an event file, which has everything once the ground is disposed of.</summary>
    public void OpenEventFile(string path) => _events.OpenFile(path);

    public Task CreateAsync(string name) => CreateAsync(new TableDefinition { Id = name });

    public async Task CreateAsync(TableDefinition definition)
    {
        using var visit = Tables.Enter(definition.Id);
        await visit.Table.CreateAsync(definition).WaitAsync(RunningManager.Patience);
    }

    public Task RenameAsync(string name, string newName) => Tables.RenameAsync(worker: null, name, newName).WaitAsync(RunningManager.Patience);

    public Task DropAsync(string name) => Tables.Require(name).DropAsync(worker: null).WaitAsync(RunningManager.Patience);

    /// <summary>Waits until nothing is to be done for any table.</summary>
    public Task RestAsync() => RunningManager.UntilAsync(() => _dispatcher.IsAtRest);

    public void Dispose()
    {
        _processes.Dispose();
        _dispatcher.Dispose();
        Tables.Dispose();
        _events.Dispose();
        Directory.Delete(_directory.Root, recursive: true);
    }
}
