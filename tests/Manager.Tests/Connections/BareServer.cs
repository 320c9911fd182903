using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Events;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Manager.Workers;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>The pipe of an instance and what its connections share, in reach of the test; nothing else of a manager.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly ManagerEvents _events;
    private readonly Dispatcher _dispatcher = new();
    private readonly WorkerProcesses _processes;
    private readonly TableDirectory _tables;
    private readonly PipeServer _pipe;

    private BareServer(Action<ManagerStep>? reach)
    {
        Directory.Create();
        _events = new ManagerEvents(Logger);
        _processes = new WorkerProcesses(_events, static _ => { });
        _tables = new TableDirectory(new TableSurroundings(
            _dispatcher, new TableStore(Directory, Logger, reach), _processes, Workers, _events, HandOverPolicy.Default, TimeProvider.System));
        _pipe = new PipeServer(
            Directory.PipeName, groupId: null, new ConnectionSurroundings(Directory.Instance, ManagerEpoch: 1, _tables, _processes, Workers, _events));
    }

    public InstanceDirectory Directory { get; } = new(root: RunningManager.NewRoot());

    public RecordingLogger Logger { get; } = new();

    public RegisteredWorkers Workers { get; } = new();

    /// <summary>Serves from now on.</summary>
    /// <param name="reach">Told of each step of the making of tables, on the thread that takes it.</param>
    public static BareServer Start(Action<ManagerStep>? reach = null)
    {
        var server = new BareServer(reach);
        server._pipe.Start();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.DisposeAsync().AsTask().WaitAsync(RunningManager.Patience);
        _processes.Dispose();
        _dispatcher.Dispose();
        _tables.Dispose();
        _events.Dispose();
        System.IO.Directory.Delete(Directory.Root, recursive: true);
    }
}
