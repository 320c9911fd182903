namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a manager: all stand by, one serves.</summary>
internal sealed class ManagerSeat(SoakFolder folder, Func<int> nextNumber) : Seat(Role.Manager)
{
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
