namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a worker.</summary>
internal sealed class WorkerSeat(SoakFolder folder, OwnershipLedger ledger, OwnedTableView owned, Sabotage sabotage, Func<int> nextNumber)
    : Seat(Role.Worker, Soak.Crew.Workers)
{
    /// <inheritdoc/>
    public override bool IsReady => Occupant is WorkerProcess { IsRegistered: true };

    /// <summary>Whether its process owns the table.</summary>
    public bool IsOwner => Occupant is { } worker && owned.Owner == worker.Id;

    /// <inheritdoc/>
    public override bool IsAtWork => !IsOwner || owned.IsAtWork(Occupant!.Id);

    /// <summary>Reads what the worker has recorded.</summary>
    public void Observe() => (Occupant as WorkerProcess)?.Observe(ledger);

    /// <inheritdoc/>
    public override KillMoment MomentOf(ChildProcess struck) =>
        ((WorkerProcess)struck).IsRegistered ? owned.MomentOf(struck.Id) : KillMoment.Arriving;

    /// <inheritdoc/>
    protected override ChildProcess TryFind() => new WorkerProcess(nextNumber(), folder, sabotage);

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead) => ((WorkerProcess)dead).Observe(ledger);
}
