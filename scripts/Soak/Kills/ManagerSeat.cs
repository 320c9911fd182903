namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a manager: all stand by, one serves.</summary>
internal sealed class ManagerSeat(SoakFolder folder, OwnedTableView owned, Func<int> nextNumber) : Seat(Role.Manager, Soak.Crew.Managers)
{
    /// <inheritdoc/>
    public override bool IsReady => Occupant is ManagerProcess manager && (manager.StandsBy || manager.ServingSince is not null);

    /// <summary>Whether its process is the one that serves.</summary>
    public bool Serves => Occupant is ManagerProcess { ServingSince: not null };

    /// <summary>Reads what the manager has reported.</summary>
    public void Observe() => (Occupant as ManagerProcess)?.Observe();

    /// <inheritdoc/>
    public override void BeginShift()
    {
        // It works when the kernel or a worker makes it.
    }

    /// <inheritdoc/>
    public override KillMoment MomentOf(ChildProcess struck) => IsReady ? owned.MomentOf(struck.Id) : KillMoment.Arriving;

    /// <inheritdoc/>
    protected override ChildProcess TryFind()
    {
        var number = nextNumber();
        return new ManagerProcess($"manager {number}", folder.Root, SoakFolder.Instance, folder.Record("events", number), standby: true);
    }

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead)
    {
    }
}
