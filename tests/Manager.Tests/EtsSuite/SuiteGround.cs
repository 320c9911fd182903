using EtsPersist.Mmf.Manager.Tests.Running;

namespace EtsPersist.Mmf.Manager.Tests.EtsSuite;

/// <summary>A manager and two workers, where ETS's suite has processes.</summary>
public abstract class SuiteGround : IAsyncLifetime
{
    private RunningManager _manager = null!;

    private protected EtsOpenOptions OpenOptions => _manager.OpenOptions;

    private protected EtsWorker Owner { get; private set; } = null!;

    private protected EtsWorker Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _manager = await RunningManager.StartAsync();
        Owner = await _manager.ConnectAsync();
        Other = await _manager.ConnectAsync("other");
    }

    public async Task DisposeAsync()
    {
        await Other.DisposeAsync();
        await Owner.DisposeAsync();
        await _manager.DisposeAsync();
    }

    private protected static EtsSuccessor Named(EtsWorker worker) => new(Environment.ProcessId, worker.Id);

    private protected Task<EtsTable<string, long>> OwnAsync(string name, TableKind kind = TableKind.Set, TableAccess access = TableAccess.Protected) =>
        Within(Owner.OwnAsync<string, long>(name, new EtsTableOptions { Kind = kind, Access = access }));

    private protected EtsTable<string, long> Open(string name) => EtsTable.Open<string, long>(name, OpenOptions);

    private protected async Task<EtsTableInfo> FindAsync(string name) =>
        await Within(Owner.FindTableAsync(name)) ?? throw new TableNotFoundException($"There is no table '{name}'.");

    private protected static Task<T> Within<T>(Task<T> task) => task.WaitAsync(RunningManager.Patience);

    private protected static Task Within(Task task) => task.WaitAsync(RunningManager.Patience);
}
