using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>What a hand-over needs of a table file; the real one is <see cref="TableFileOwnership"/>.</summary>
internal interface IOwnedFile
{
    Ownership Ownership { get; }

    /// <summary>The epoch under which the table was accepted last.</summary>
    uint AcceptedEpoch { get; }

    /// <summary>Whether the process that the word names as owner lives, by the kernel's word.</summary>
    bool IsOwnerAlive { get; }

    bool TryOffer(Ownership unowned, out Ownership offered);

    bool TryWithdraw(Ownership offered);

    /// <summary>True also where the table is in recovery already. Never true while the kernel says that the slot's process lives.</summary>
    bool TryBeginRecovery(Ownership owned);

    /// <summary>Brings dead writers to where nobody can notice them; how many there were.</summary>
    int DecideDead();

    /// <summary>Tidies up behind dead writers.</summary>
    /// <exception cref="TableBusyException">A living writer, stopped perhaps, is in the way; it can be done later.</exception>
    int RecoverDead();

    bool TryFinishRecovery(Ownership recovering);

    IReadOnlyList<ParticipantInfo> Participants();
}
