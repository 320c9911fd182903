using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The hand-over's view of a real table file.</summary>
internal sealed class TableFileOwnership(TableFile file) : IOwnedFile
{
    public Ownership Ownership => file.Ownership;

    public bool IsOwnerAlive => file.IsOwnerAlive;

    public bool TryOffer(Ownership unowned, out Ownership offered) => file.TryOffer(unowned, out offered);

    public bool TryWithdraw(Ownership offered) => file.TryWithdraw(offered);

    public bool TryBeginRecovery(Ownership owned) => file.TryBeginRecovery(owned);

    public int DecideDead() => file.DecideDead();

    public int RecoverDead() => file.RecoverDead();

    public bool TryFinishRecovery(Ownership recovering) => file.TryFinishRecovery(recovering);

    public IReadOnlyList<ParticipantInfo> Participants() => file.Participants();
}
