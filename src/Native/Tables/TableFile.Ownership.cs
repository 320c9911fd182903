using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// Protocol of the ownership word. Unowned(e) → Offered(e + 1) by the manager → Owned(e + 1, slot) by the worker, or → Unowned(e + 1) by the
/// manager when it withdraws: one compare-and-exchange decides between the two. Owned → Unowned by the owner, behind its closed gate, or → Offered(e + 1) where it
/// gives the table away, and from there back to Owned(e + 2) if nobody accepts; Owned → Recovering → Unowned by the manager, once the kernel says
/// that the owner is dead. A kill between any two leaves a state that the next
/// manager reads and goes on from.
/// </summary>
public sealed unsafe partial class TableFile
{
    private ulong _ownedBits;

    /// <summary>The ownership word as it stands.</summary>
    public Ownership Ownership
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var word = ReadOwnership();
            GC.KeepAlive(this);
            var hasSlot = word.State is OwnershipState.Owned or OwnershipState.Recovering;
            return new Ownership(word.Epoch, word.State, hasSlot ? word.Slot : -1);
        }
    }

    /// <summary>Whether this process owns the table through this object.</summary>
    public bool IsOwner => _ownedBits != 0 && !_disposed && ReadOwnership().Bits == _ownedBits;

    /// <summary>Whether the process that the word names as owner is alive, by the kernel's word.</summary>
    public bool IsOwnerAlive
    {
        get
        {
            RequireUsable();
            var word = ReadOwnership();
            var alive = word.State == OwnershipState.Owned && IsAlive(word);
            GC.KeepAlive(this);
            return alive;
        }
    }

    /// <summary>The epoch under which the table was accepted last, 0 as long as it never was. Offers that nobody accepted are not among them.</summary>
    public uint AcceptedEpoch
    {
        get
        {
            RequireUsable();
            var epoch = (uint)ProcessMemory.Read(&_space.Header->AcceptedEpoch);
            GC.KeepAlive(this);
            return epoch;
        }
    }

    /// <summary>Manager: offers an ownerless table under the next epoch.</summary>
    public bool TryOffer(Ownership unowned, out Ownership offered)
    {
        RequireWritable();
        var next = OwnershipWord.Of(unowned.Epoch + 1, OwnershipState.Offered);
        offered = new Ownership(next.Epoch, OwnershipState.Offered, -1);
        return unowned.State == OwnershipState.Unowned && Exchange(OwnershipWord.Of(unowned.Epoch, OwnershipState.Unowned), next);
    }

    /// <summary>Manager: takes an offer back. False: the worker has accepted it.</summary>
    public bool TryWithdraw(Ownership offered)
    {
        RequireWritable();
        return offered.State == OwnershipState.Offered
            && Exchange(OwnershipWord.Of(offered.Epoch, OwnershipState.Offered), OwnershipWord.Of(offered.Epoch, OwnershipState.Unowned));
    }

    /// <summary>Worker: accepts an offer and owns the table from now on. False: it was withdrawn.</summary>
    public bool TryAccept(uint epoch)
    {
        var slot = Attach();
        lock (_gate)
        {
            var slotWord = new SlotWord(ProcessMemory.Read(&_space.SlotAt(slot)->Word));
            var owned = OwnershipWord.OwnedBy(epoch, slot, slotWord.Incarnation);
            return TryOwn(OwnershipWord.Of(epoch, OwnershipState.Offered), owned);
        }
    }

    /// <summary>
    /// Owner: offers its table to another under the next epoch. No write begins any more and those in flight have finished when the word changes.
    /// False: this process does not own it under that epoch.
    /// </summary>
    public bool TryGiveAway(uint epoch, out Ownership offered)
    {
        RequireWritable();
        offered = new Ownership(epoch + 1, OwnershipState.Offered, -1);
        lock (_gate)
            return _ownedBits != 0 && new OwnershipWord(_ownedBits).Epoch == epoch && LeaveOwnership(OwnershipWord.Of(offered.Epoch, OwnershipState.Offered));
    }

    /// <summary>Owner: takes back what it had offered and nobody has accepted, under the next epoch. False: somebody has, or the offer was withdrawn.</summary>
    public bool TryTakeBack(Ownership offered, out Ownership owned)
    {
        var slot = Attach();
        lock (_gate)
        {
            var slotWord = new SlotWord(ProcessMemory.Read(&_space.SlotAt(slot)->Word));
            var word = OwnershipWord.OwnedBy(offered.Epoch + 1, slot, slotWord.Incarnation);
            owned = new Ownership(word.Epoch, OwnershipState.Owned, slot);
            return offered.State == OwnershipState.Offered && TryOwn(OwnershipWord.Of(offered.Epoch, OwnershipState.Offered), word);
        }
    }

    /// <summary>Worker: gives the table up. No write begins any more, those in flight finish, then the word changes. False: it was not owned.</summary>
    public bool TryRelease(uint epoch)
    {
        RequireUsable();
        lock (_gate)
            return _ownedBits != 0 && new OwnershipWord(_ownedBits).Epoch == epoch && LeaveOwnership(OwnershipWord.Of(epoch, OwnershipState.Unowned));
    }

    /// <summary>
    /// Manager: begins to recover from the death of an owner. True also if a manager before has begun it. False: the kernel says that the owner
    /// lives, or the word is another.
    /// </summary>
    public bool TryBeginRecovery(Ownership owned)
    {
        RequireWritable();
        var word = ReadOwnership();
        if (word.Epoch != owned.Epoch || word.Slot != owned.Slot)
            return false;
        if (word.State == OwnershipState.Recovering)
            return true;
        return word.State == OwnershipState.Owned && !IsAlive(word) && Exchange(word, word.With(OwnershipState.Recovering));
    }

    /// <summary>Manager: the dead owner's journals are settled; the table is ownerless. A change of access that it had not finished is undone.</summary>
    public bool TryFinishRecovery(Ownership recovering)
    {
        RequireWritable();
        var word = ReadOwnership();
        if (word.State == OwnershipState.Recovering)
            UndoAccessChange();
        return word.State == OwnershipState.Recovering && word.Epoch == recovering.Epoch
            && Exchange(word, OwnershipWord.Of(word.Epoch, OwnershipState.Unowned));
    }

    /// <summary>The caller holds the gate. The epoch is noted last: whoever accepts and is killed before has not seen the table.</summary>
    private bool TryOwn(OwnershipWord offered, OwnershipWord owned)
    {
        if (!Exchange(offered, owned))
            return false;
        ProcessMemory.Write(&_space.Header->AcceptedEpoch, owned.Epoch);
        Volatile.Write(ref _ownedBits, owned.Bits);
        _context.Leases.Reopen();
        return true;
    }

    /// <summary>The caller holds the gate. A public table's other writers in this process go on.</summary>
    private bool LeaveOwnership(OwnershipWord next)
    {
        if (_ownedBits == 0)
            return false;
        var owned = new OwnershipWord(_ownedBits);
        if (Access != TableAccess.Public)
            _context.Leases.Close();
        Volatile.Write(ref _ownedBits, 0);
        return Exchange(owned, next);
    }

    /// <summary>A slot that has been taken again since belongs to somebody else: the owner is dead then, too.</summary>
    private bool IsAlive(OwnershipWord word)
    {
        if (word.Slot >= TableGeometry.SlotCount)
            return false;
        var before = new SlotWord(ProcessMemory.Read(&_space.SlotAt(word.Slot)->Word));
        return word.IsHeldBy(before) && Participants<ProcessMemory>.IsAlive(_context, word.Slot)
            && word.IsHeldBy(new SlotWord(ProcessMemory.Read(&_space.SlotAt(word.Slot)->Word)));
    }

    private OwnershipWord ReadOwnership() => new(ProcessMemory.Read(&_space.Header->Ownership));

    private bool Exchange(OwnershipWord expected, OwnershipWord value)
    {
        var exchanged = ProcessMemory.CompareExchange(&_space.Header->Ownership, expected.Bits, value.Bits);
        GC.KeepAlive(this);
        return exchanged;
    }
}
