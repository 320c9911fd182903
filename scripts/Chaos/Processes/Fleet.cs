namespace EtsPersist.Mmf.Chaos;

/// <summary>The processes of a run: so many workers, one manager and its standbys, each replaced when it is gone.</summary>
internal sealed class Fleet(ChaosOptions options, Workspace workspace, OwnershipLedger ledger, Tally tally) : IDisposable
{
    private const int MostFailures = 20;
    private readonly List<WorkerProcess> _workers = [];
    private readonly List<ManagerProcess> _managers = [];
    private int _workersStarted;
    private int _managersStarted;
    private bool _ends;

    /// <summary>The workers that run.</summary>
    public IReadOnlyList<WorkerProcess> Workers => _workers;

    /// <summary>The manager that serves, or null while there is none.</summary>
    public ManagerProcess? Serving => _managers.Where(manager => manager.ServingSince is not null).MaxBy(manager => manager.ServingSince);

    /// <summary>The managers that do not serve.</summary>
    public IEnumerable<ManagerProcess> Standbys => _managers.Where(manager => manager.ServingSince is null);

    /// <summary>The worker that owns the table and runs, or null.</summary>
    public WorkerProcess? Owner => ledger.Latest is { } latest ? _workers.Find(worker => worker.Id == latest.ProcessId) : null;

    /// <summary>The workers that the serving manager would give the table to.</summary>
    public IEnumerable<WorkerProcess> Waiting =>
        Serving is { } manager ? _workers.Where(worker => worker.Last is { Kind: JournalKind.Waiting } && manager.Knows(worker.Id)) : [];

    /// <summary>A number that grows with every sign of work.</summary>
    public long Progress => ledger.Acknowledgements + _managers.Sum(manager => manager.Events) + _workersStarted - _workers.Count;

    /// <summary>Starts the manager, its standbys, and later the workers, as far as they are missing.</summary>
    public void Complete(bool workers = true)
    {
        if (_managers.Count == 0) StartManager(standby: false);

        // A standby that starts beside a manager which does not have the lock yet might take it.
        var held = _managers.Any(manager => manager.StandsBy || manager.ServingSince is not null);
        while (held && _managers.Count < options.Standbys + 1) StartManager(standby: true);
        while (workers && _workers.Count < options.Workers) _workers.Add(new WorkerProcess(++_workersStarted, workspace, options.Sabotage));
    }

    /// <summary>Reads what all have recorded, and buries those that are gone by themselves.</summary>
    public void Observe()
    {
        foreach (var manager in _managers) manager.Observe();
        foreach (var worker in _workers) worker.Observe(ledger);
        var fallen = _workers.Concat<ChildProcess>(_managers).Where(child => child.HasExited && !child.Killed).ToArray();
        foreach (var child in fallen) Bury(child);
        if (tally.WriteErrors > MostFailures) throw new StuckException("Too many processes fail by themselves.");
        if (fallen.Length > 0 && !_ends) Complete(workers: _workersStarted > 0);
    }

    /// <summary>Asks the workers to end with the pass.</summary>
    public void Finish()
    {
        _ends = true;
        foreach (var worker in _workers) worker.Finish();
    }

    /// <summary>Ends the managers: by SIGTERM where there is one. The standbys first, so that none takes over.</summary>
    public void StopManagers()
    {
        foreach (var manager in Standbys.Concat(_managers).Distinct().ToArray())
        {
            if (ProcessSignal.Supported) ProcessSignal.Terminate(manager.Id);
            else manager.Strike();
            if (manager.WaitForExit(TimeSpan.FromSeconds(20))) Bury(manager);
            else tally.WriteError($"{manager.Name} did not end within 20 s of being asked to.");
        }
    }

    /// <summary>The state of all processes, for a message.</summary>
    public string Describe() =>
        string.Join(Environment.NewLine, _managers.Concat<ChildProcess>(_workers).Select(child => child.Describe()));

    /// <summary>Kills what still runs.</summary>
    public void Dispose()
    {
        foreach (var child in _workers.Concat<ChildProcess>(_managers)) child.Dispose();
        _workers.Clear();
        _managers.Clear();
    }

    /// <summary>Takes a process that is gone out of the fleet, after a last look at its records.</summary>
    public void Bury(ChildProcess child)
    {
        if (child is WorkerProcess worker && _workers.Remove(worker)) worker.Observe(ledger);
        if (child is ManagerProcess manager && _managers.Remove(manager)) manager.Observe();
        child.Drain();
        if (!child.Killed && (child.ExitCode != 0 || !_ends))
            tally.WriteError($"{child.Name} ended by itself:{Environment.NewLine}{child.Describe()}");
        child.Dispose();
    }

    private void StartManager(bool standby)
    {
        var number = ++_managersStarted;
        _managers.Add(new ManagerProcess($"manager {number}", workspace.Root, Workspace.Instance, workspace.EventsOf(number), standby));
    }
}
