using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.Metrics;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Workers;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager;

/// <summary>
/// The manager of one instance: takes the lock, adopts what is there, creates what the configuration asks for, then opens the pipe. Nothing that
/// matters is in its memory alone; killed at any point, the next one goes on from the files.
/// </summary>
internal sealed class TableManager(ManagerOptions options, ILogger logger, TimeProvider? time = null) : IAsyncDisposable
{
    private readonly ManagerEvents _events = new(logger, options.IsRehearsal ? null : new ManagerMetrics(options.Directory.Instance));
    private readonly SemaphoreSlim _configuring = new(1);
    private ManagerConfiguration _configuration = options.Configuration;
    private bool _isConfigured;
    private LockFile? _lock;
    private Dispatcher? _dispatcher;
    private WorkerProcesses? _processes;
    private TableDirectory? _tables;
    private PipeServer? _pipe;
    private SilenceWatch? _silence;
    private Task? _rehearsal;
    private int _isDisposed;

    /// <summary>Starts to serve; as a standby, as soon as the manager before it is gone.</summary>
    /// <exception cref="ManagerRunningException">Another manager runs and this is no standby.</exception>
    /// <exception cref="InstanceDirectoryException">The directory cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var directory = options.Directory;
        var pipeName = directory.PipeName;
        directory.Create();
        if (options.EventsPath is { } eventsPath) _events.OpenFile(eventsPath);

        // Threads first: to start them takes longer than all else when a standby's time has come.
        _dispatcher = new Dispatcher();
        _processes = new WorkerProcesses(_events, process => _tables?.OnDeath(process));
        var store = new TableStore(directory, _events.Logger, options.Reach);
        var workers = new RegisteredWorkers();
        _tables = new TableDirectory(
            new TableSurroundings(_dispatcher, store, _processes, workers, _events, options.Policy, time ?? TimeProvider.System)
            {
                Rule = options.Rule,
                Arrivals = () => Volatile.Read(ref _configuration).Arrivals,
            });
        _lock = await LockAsync(cancellationToken).ConfigureAwait(false);
        store.CleanUp();
        store.AdmitGroup();
        HandOverRehearsal.CleanUp(directory);
        await AdoptAsync(_tables).ConfigureAwait(false);
        await ConfigureAsync(_tables, isStart: true).ConfigureAwait(false);

        var epoch = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _silence = new SilenceWatch(workers, _events) { Limit = _configuration.Silence };
        var surroundings = new ConnectionSurroundings(directory.Instance, epoch, _tables, _processes, workers, _events) { HeartbeatPause = () => _silence.Limit.HeartbeatPause };
        _pipe = new PipeServer(pipeName, directory.GroupId, surroundings);
        _pipe.Start();
        _events.Metrics?.Observe(_tables, () => _pipe.ConnectionCount);
        _events.Serving(directory.Instance, directory.Path);
        Rehearse();
    }

    /// <summary>
    /// Goes by another configuration from now on: tables that it adds are created, roles, rules and gifts are those of the next transfer. What it no
    /// longer names stays. A standby goes by it when it takes over.
    /// </summary>
    public Task ReconfigureAsync(ManagerConfiguration configuration)
    {
        Volatile.Write(ref _configuration, configuration);
        if (_silence is { } silence) silence.Limit = configuration.Silence;
        return _tables is { } tables ? ConfigureAsync(tables, isStart: false) : Task.CompletedTask;
    }

    /// <summary>For a rehearsal, in which this process is a worker, too: does what its death would lead to.</summary>
    public void PretendDeath() => _processes?.PretendDeath(ProcessIdentity.Current);

    /// <summary>Stops serving. Owners keep their tables; the lock goes last, so that the next manager's pipe is not taken away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        try
        {
            if (_rehearsal is not null) await _rehearsal.ConfigureAwait(false);
            _silence?.Dispose();
            if (_pipe is not null) await _pipe.DisposeAsync().ConfigureAwait(false);
            _processes?.Dispose();
            _dispatcher?.Dispose();
            _tables?.Dispose();
        }
        finally
        {
            Unlock(); // whatever has failed: nobody could follow before this process ends
            _events.Dispose();
            _configuring.Dispose();
        }
    }

    private void Unlock()
    {
        if (_lock is null) return;
        _lock.Dispose();
        Log.Stopped(_events.Logger);
    }

    /// <summary>So that the first death is no first time. A standby does it before its time comes, any other manager when it serves.</summary>
    private void Rehearse()
    {
        if (!options.IsRehearsal) _rehearsal ??= Task.Run(() => HandOverRehearsal.PlayAsync(options.Directory));
    }

    private async Task<LockFile> LockAsync(CancellationToken cancellationToken)
    {
        var path = options.Directory.LockPath;
        if (LockFile.TryAcquire(path, out var taken)) return taken;
        if (!options.IsStandby)
        {
            throw new ManagerRunningException(
                $"Another manager runs for instance '{options.Directory.Instance}' in '{options.Directory.Root}': it holds '{path}'. "
                + "Stop it, wait for its end with --standby, or choose another --instance.");
        }
        Rehearse();
        var acquired = LockFile.AcquireAsync(path, cancellationToken);
        await Task.WhenAny(acquired, _rehearsal!).ConfigureAwait(false); // It stands by once it is prepared; its time may come before.
        if (!acquired.IsCompleted) _events.StandingBy();
        return await acquired.ConfigureAwait(false);
    }

    /// <summary>In the order of creation, in which tables that have lost one owner go to the next.</summary>
    private async Task AdoptAsync(TableDirectory tables)
    {
        foreach (var sameName in options.Directory.AllTables().OrderBy(location => location.Incarnation)
            .GroupBy(location => location.Name, StringComparer.OrdinalIgnoreCase).ToArray())
        {
            // The latest one that is not dropped is the table; a drop that was cut is finished on the way to it.
            var served = (TableLocation?)null;
            foreach (var location in sameName.OrderByDescending(location => location.Incarnation))
            {
                using var visit = tables.Enter(location.Name);
                if (served is { } latest) Log.OlderIncarnation(_events.Logger, Path.GetFileName(location.Path), Path.GetFileName(latest.Path));
                else if (await visit.Table.AdoptAsync(location).ConfigureAwait(false)) served = location;
            }
        }
    }

    private async Task ConfigureAsync(TableDirectory tables, bool isStart)
    {
        await _configuring.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!isStart && !_isConfigured) return; // not adopted yet: the start will find the latest configuration
            foreach (var definition in Volatile.Read(ref _configuration).Tables) await ConfigureAsync(tables, definition).ConfigureAwait(false);
            _isConfigured = true;
        }
        finally
        {
            _configuring.Release();
        }
    }

    private async Task ConfigureAsync(TableDirectory tables, TableDefinition definition)
    {
        using var visit = tables.Enter(definition.Id);
        try
        {
            if (!await visit.Table.ConfigureAsync(definition).ConfigureAwait(false)) await visit.Table.CreateAsync(definition).ConfigureAwait(false);
        }
        catch (EtsException error)
        {
            Log.ConfiguredTableFailed(_events.Logger, definition.Id, error.Message, error);
        }
    }
}
