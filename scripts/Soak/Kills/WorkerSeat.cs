namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a worker.</summary>
internal sealed class WorkerSeat(SoakFolder folder, OwnershipLedger ledger, Sabotage sabotage, Func<int> nextNumber) : Seat(Role.Worker)
{
    /// <summary>Reads what the worker has recorded.</summary>
    public void Observe() => (Occupant as WorkerProcess)?.Observe(ledger);

    /// <inheritdoc/>
    protected override ChildProcess TryFind() => new WorkerProcess(nextNumber(), folder, sabotage);

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead) => ((WorkerProcess)dead).Observe(ledger);
}
