using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The hand-over's view of a real table file.</summary>
internal sealed class TableFileOwnership : IOwnedFile
{
    /// <summary>
    /// A living process that stands in the way of a dead one's journals, stopped perhaps, is not waited for: it is looked again later, and whatever else
    /// there is to do with the table, a hand-over above all, must not stand behind it.
    /// </summary>
    private static readonly TimeSpan TidyPatience = TimeSpan.FromMilliseconds(5);

    private readonly TableFile _file;
    private readonly Action<ManagerStep> _reach;

    public TableFileOwnership(TableFile file, Action<ManagerStep> reach)
    {
        file.WriterPatience = TidyPatience;
        _file = file;
        _reach = reach;
    }

    public Ownership Ownership => _file.Ownership;

    public uint AcceptedEpoch => _file.AcceptedEpoch;

    public bool IsOwnerAlive => _file.IsOwnerAlive;

    public bool TryOffer(Ownership unowned, out Ownership offered) => Reached(ManagerStep.OfferMade, _file.TryOffer(unowned, out offered));

    public bool TryWithdraw(Ownership offered) => Reached(ManagerStep.OfferWithdrawn, _file.TryWithdraw(offered));

    public bool TryBeginRecovery(Ownership owned) => Reached(ManagerStep.RecoveryBegun, _file.TryBeginRecovery(owned));

    public int DecideDead()
    {
        var decided = _file.DecideDead();
        _reach(ManagerStep.DeadDecided);
        return decided;
    }

    public int RecoverDead() => _file.RecoverDead();

    public bool TryFinishRecovery(Ownership recovering) => Reached(ManagerStep.RecoveryFinished, _file.TryFinishRecovery(recovering));

    public IReadOnlyList<ParticipantInfo> Participants() => _file.Participants();

    private bool Reached(ManagerStep step, bool succeeded)
    {
        if (succeeded) _reach(step);
        return succeeded;
    }
}
