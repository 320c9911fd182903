namespace EtsPersist.Mmf.Chaos;

/// <summary>A worker: the WordCount sample, or a saboteur in its place.</summary>
internal sealed class WorkerProcess : ChildProcess
{
    private readonly LineTail _journal;
    private readonly string _journalPath;
    private readonly bool _sabotages;

    /// <summary>Starts a worker.</summary>
    public WorkerProcess(int number, Workspace workspace, SabotageKind sabotage)
        : base($"worker {number}", ProgramFor(sabotage), ArgumentsFor(number, workspace, sabotage))
    {
        _sabotages = sabotage != SabotageKind.None;
        _journalPath = workspace.JournalOf(number);
        _journal = new LineTail(_journalPath);
    }

    /// <summary>The entry of its journal read last.</summary>
    public JournalEntry? Last { get; private set; }

    /// <summary>Whether it is between beginning a batch and its acknowledgement.</summary>
    public bool InBatch => Last is { Kind: JournalKind.Began };

    /// <summary>Reads what it has recorded since the last call.</summary>
    public void Observe(OwnershipLedger ledger)
    {
        foreach (var line in _journal.ReadNew())
        {
            if (!JournalEntry.TryParse(line, out var entry)) continue;
            Last = entry;
            ledger.Add(entry);
        }
    }

    /// <summary>Asks it to end with the pass.</summary>
    public void Finish() => Tell("finish");

    /// <summary>Kills it. A saboteur does that itself, at the worst moment.</summary>
    public override void Strike()
    {
        Killed = true;
        if (_sabotages) Tell(Saboteur.DieOrder);
        else base.Strike();
    }

    /// <inheritdoc/>
    public override string Describe() => $"{base.Describe()}{Environment.NewLine}    last record: {Last?.ToString() ?? "none"}";

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _journal.Dispose();
        File.Delete(_journalPath);
    }

    private static string ProgramFor(SabotageKind sabotage) => sabotage == SabotageKind.None ? "WordCount" : "chaos";

    private static IEnumerable<string> ArgumentsFor(int number, Workspace workspace, SabotageKind sabotage)
    {
        string[] manager = ["--instance", Workspace.Instance, "--dir", workspace.Root];
        string[] common = [workspace.Input, "--repeat", .. manager, "--journal", workspace.JournalOf(number)];
        return sabotage == SabotageKind.None ? common : common.Prepend(sabotage.ToString()).Prepend(Saboteur.Command);
    }
}
