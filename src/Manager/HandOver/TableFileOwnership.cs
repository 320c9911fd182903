using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The hand-over's view of a real table file.</summary>
internal sealed class TableFileOwnership(TableFile file, Action<ManagerStep> reach) : IOwnedFile
{
    public Ownership Ownership => file.Ownership;

    public uint AcceptedEpoch => file.AcceptedEpoch;

    public bool IsOwnerAlive => file.IsOwnerAlive;

    public bool TryOffer(Ownership unowned, out Ownership offered) => Reached(ManagerStep.OfferMade, file.TryOffer(unowned, out offered));

    public bool TryWithdraw(Ownership offered) => Reached(ManagerStep.OfferWithdrawn, file.TryWithdraw(offered));

    public bool TryBeginRecovery(Ownership owned) => Reached(ManagerStep.RecoveryBegun, file.TryBeginRecovery(owned));

    public int DecideDead()
    {
        var decided = file.DecideDead();
        reach(ManagerStep.DeadDecided);
        return decided;
    }

    public int RecoverDead() => file.RecoverDead();

    public bool TryFinishRecovery(Ownership recovering) => Reached(ManagerStep.RecoveryFinished, file.TryFinishRecovery(recovering));

    public IReadOnlyList<ParticipantInfo> Participants() => file.Participants();

    private bool Reached(ManagerStep step, bool succeeded)
    {
        if (succeeded) reach(step);
        return succeeded;
    }
}
