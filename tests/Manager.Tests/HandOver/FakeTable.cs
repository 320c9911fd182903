using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>The ownership word of a table without the table, with a kernel that says what the test says.</summary>
internal sealed class FakeTable : IOwnedFile
{
    public Ownership Ownership { get; set; } = new(0, OwnershipState.Unowned, -1);

    /// <summary>The slots whose process holds its lock.</summary>
    public HashSet<int> Alive { get; set; } = [];

    /// <summary>Runs once, before the next exchange of the word: what another process does at the worst moment.</summary>
    public Action? BeforeNextExchange { get; set; }

    public List<string> History { get; } = [];

    public uint AcceptedEpoch { get; set; }

    public bool IsOwnerAlive => Ownership.State == OwnershipState.Owned && Alive.Contains(Ownership.Slot);

    public bool TryOffer(Ownership unowned, out Ownership offered)
    {
        offered = new Ownership(unowned.Epoch + 1, OwnershipState.Offered, -1);
        return Exchange(unowned, offered);
    }

    public bool TryWithdraw(Ownership offered) => Exchange(offered, new Ownership(offered.Epoch, OwnershipState.Unowned, -1));

    public bool TryBeginRecovery(Ownership owned) =>
        !Alive.Contains(owned.Slot) && Exchange(owned, new Ownership(owned.Epoch, OwnershipState.Recovering, owned.Slot));

    public int DecideDead()
    {
        History.Add("decide dead");
        return 1;
    }

    /// <summary>How often a living writer is in the way of tidying up.</summary>
    public int BusyFor { get; set; }

    public int RecoverDead()
    {
        if (BusyFor-- > 0) throw new TableBusyException("A living writer is in the way.");
        History.Add("recover dead");
        return 1;
    }

    public bool TryFinishRecovery(Ownership recovering) => Exchange(recovering, new Ownership(recovering.Epoch, OwnershipState.Unowned, -1));

    public IReadOnlyList<ParticipantInfo> Participants() =>
        [.. Enumerable.Range(0, 8).Select(slot => new ParticipantInfo(slot, 1, 100 + slot, 1, Alive.Contains(slot)))];

    /// <summary>What a worker does with an offer.</summary>
    public bool Accept(uint epoch, int slot)
    {
        if (Ownership != new Ownership(epoch, OwnershipState.Offered, -1)) return false;
        Alive.Add(slot);
        Ownership = new Ownership(epoch, OwnershipState.Owned, slot);
        AcceptedEpoch = epoch;
        return true;
    }

    /// <summary>What an owner does that gives the table away.</summary>
    public uint GiveAway()
    {
        Ownership = new Ownership(Ownership.Epoch + 1, OwnershipState.Offered, -1);
        return Ownership.Epoch;
    }

    /// <summary>What an owner does whose gift nobody took.</summary>
    public void TakeBack(int slot)
    {
        Ownership = new Ownership(Ownership.Epoch + 1, OwnershipState.Owned, slot);
        AcceptedEpoch = Ownership.Epoch;
    }

    /// <summary>What an owner does when it lets go.</summary>
    public void Release() => Ownership = new Ownership(Ownership.Epoch, OwnershipState.Unowned, -1);

    private bool Exchange(Ownership from, Ownership to)
    {
        var interference = BeforeNextExchange;
        BeforeNextExchange = null;
        interference?.Invoke();
        if (Ownership != from) return false;
        Ownership = to;
        History.Add($"{from.State} {from.Epoch} -> {to.State} {to.Epoch}");
        return true;
    }
}
