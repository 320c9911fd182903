using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    /// <summary>Takes a writer's slot for this process, unless it has one. Readers need none.</summary>
    /// <returns>The slot's number.</returns>
    /// <exception cref="TooManyParticipantsException">All slots are held by living processes.</exception>
    /// <exception cref="TableFullException">There is no space for the slot's journals.</exception>
    public int Attach()
    {
        RequireWritable();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_context.Slot >= 0)
                return _context.Slot;
            var self = ProcessIdentity.Current;
            return Participants<ProcessMemory>.Attach(_context, self.ProcessId, self.StartTime);
        }
    }

    /// <summary>The slots that are taken, by the living and by the dead.</summary>
    public IReadOnlyList<ParticipantInfo> Participants()
    {
        RequireUsable();
        var found = new List<ParticipantInfo>();
        for (var slot = 0; slot < TableGeometry.SlotCount; slot++)
        {
            var entry = _space.SlotAt(slot);
            var word = new SlotWord(ProcessMemory.Read(&entry->Word));
            if (word.IsTaken)
                found.Add(new ParticipantInfo(slot, word.Incarnation, (int)entry->ProcessId, (long)entry->StartTime, Participants<ProcessMemory>.IsAlive(_context, slot)));
        }
        GC.KeepAlive(this);
        return found;
    }

    /// <summary>
    /// What the writers of all taken slots had begun and not ended, and the locks that they held. For people: the next moment it is
    /// different.
    /// </summary>
    public IReadOnlyList<OperationInfo> Operations()
    {
        RequireUsable();
        _space.RefreshFormat<ProcessMemory>();
        var found = new List<OperationInfo>();
        for (var slot = 0; slot < TableGeometry.SlotCount; slot++)
        {
            if (new SlotWord(ProcessMemory.Read(&_space.SlotAt(slot)->Word)).IsTaken)
                OperationsInFlight<ProcessMemory>.AddOf(_space, slot, found);
        }
        GC.KeepAlive(this);
        return found;
    }

    /// <summary>
    /// Settles the journals of every writer whose process is dead: what it had begun is finished or undone, its locks are given back.
    /// Costs a system call for each taken slot, whatever the table's size.
    /// </summary>
    /// <returns>How many were settled.</returns>
    /// <exception cref="TableBusyException">A living process is in the way of one of them for longer than <see cref="WriterPatience"/>; all others are settled.</exception>
    public int RecoverDead()
    {
        RequireWritable();
        lock (_gate)
        {
            var settled = Participants<ProcessMemory>.SettleDead(_context);
            GC.KeepAlive(this);
            return settled;
        }
    }

    /// <summary>
    /// Brings every dead writer to where nobody can notice it any more: its locks are given back, its operations finished or undone, its batches
    /// decided. A time that depends neither on the table's size nor on that of its batches; what they leave to be tidied up,
    /// <see cref="RecoverDead"/> does, or a writer that meets it.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int DecideDead()
    {
        RequireWritable();
        lock (_gate)
        {
            var decided = Participants<ProcessMemory>.DecideDead(_context);
            GC.KeepAlive(this);
            return decided;
        }
    }

    private void Detach()
    {
        if (_context.Slot < 0)
            return;
        _context.Leases.Close();
        LeaveOwnership(OwnershipWord.Of(new OwnershipWord(_ownedBits).Epoch, OwnershipState.Unowned));
        Participants<ProcessMemory>.Detach(_context);
    }
}
