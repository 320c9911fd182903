namespace EtsPersist.Mmf.Soak;

/// <summary>A worker: owns the table that is handed over, or waits for it.</summary>
internal sealed class WorkerProcess : ChildProcess
{
    private readonly string _journalPath;
    private readonly LineTail _journal;

    /// <summary>Starts a worker.</summary>
    public WorkerProcess(int number, SoakFolder folder, Sabotage sabotage)
        : base($"worker {number}", "soak", [OwnerProgram.Command, folder.Root, folder.Record("worker", number), folder.CountersPath, sabotage.ToString()])
    {
        _journalPath = folder.Record("worker", number);
        _journal = new LineTail(_journalPath);
    }

    /// <summary>Whether it waits for the table, or has it.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>Reads what it has recorded since the last call.</summary>
    public void Observe(OwnershipLedger ledger)
    {
        foreach (var line in _journal.ReadNew())
        {
            if (!JournalEntry.TryParse(line, out var entry)) continue;
            IsRegistered = true;
            ledger.Add(entry);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _journal.Dispose();
        File.Delete(_journalPath);
    }
}
