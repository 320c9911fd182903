namespace EtsPersist.Mmf.Soak;

/// <summary>The place of the recoverer.</summary>
internal sealed class RecovererSeat(WriterSurroundings surroundings, Func<bool> hasDead, params string[] files)
    : ReserveSeat(Role.Recoverer, Soak.Crew.Recoverers, surroundings, RecovererRole.Word, files)
{
    /// <inheritdoc/>
    public override KillMoment MomentOf(ChildProcess struck) =>
        Surroundings.Folder.Counters[Places.Settling] != 0 || hasDead() ? KillMoment.Recovery : KillMoment.Between;

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead)
    {
        Surroundings.Folder.Counters[Places.Settling] = 0;
        base.Leave(dead);
    }
}
