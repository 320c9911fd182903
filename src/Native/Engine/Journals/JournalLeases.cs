using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Journals;

/// <summary>
/// Gives each writing thread of this process a journal of its own for the time of one operation.
/// </summary>
/// <remarks>
/// Protocol: a lease is a word of the journal, {incarnation of the slot, how often taken and given back}; an odd number under the slot's incarnation
/// means that a thread is at work, a word under another incarnation is what somebody before has left. A write takes its lease by an exchange, which is
/// a full fence, and then looks whether it may write. Who takes that right away first says so and then, behind a fence, looks at the leases and waits
/// for those that are taken to change: <see cref="Close"/> at this process's own, <see cref="WritersInFlight"/> at those of all others. So of a write
/// and whoever forbids it at least one sees the other. A kill leaves leases that nobody asks about, since the slot's next holder has another number.
/// </remarks>
internal sealed unsafe class JournalLeases
{
    [ThreadStatic]
    private static int Preferred;

    private Journal* _journals;
    private ulong _slot;
    private volatile bool _closed;

    /// <summary>Names the slot whose journals these are.</summary>
    public void Bind(TableSpace space, int slot)
    {
        _slot = new SlotWord(ProcessMemory.Read(&space.SlotAt(slot)->Word)).Incarnation;
        _journals = space.JournalAt(TableSpace.FirstJournalOf(slot));
    }

    /// <summary>Whether a lease says that a thread of this incarnation of the slot is at work.</summary>
    public static bool IsTaken(ulong lease, ulong incarnation) => lease >> 32 == incarnation && (lease & 1) != 0;

    /// <summary>Takes a free journal, the one this thread had last if possible. Waits while all are in use by other threads.</summary>
    /// <returns>The journal's place in the slot, or -1 if writing has been closed.</returns>
    public int Take()
    {
        var spinner = new SpinWait();
        while (true)
        {
            for (var tries = 0; tries < TableGeometry.JournalsPerSlot; tries++)
            {
                var place = Preferred;
                if (TryTake(place))
                    return place;
                if (_closed)
                    return -1;
                Preferred = (place + 1) % TableGeometry.JournalsPerSlot;
            }
            spinner.SpinOnce();
        }
    }

    /// <summary>Takes one particular journal if it is free.</summary>
    public bool TryTake(int place)
    {
        if (!TryTakeToSettle(place, out var taken))
            return false;
        if (!_closed)
            return true;
        ProcessMemory.CompareExchange(&_journals[place].Lease, taken, Next(taken)); // the slot may be another's already, who is not to lose a lease by this
        return false;
    }

    /// <summary>
    /// Takes one even if writing has been closed, to settle what has been decided before: that is no write, and who closes waits for it as for one. The
    /// caller sees to it that the slot is not given back meanwhile.
    /// </summary>
    public bool TryTakeToSettle(int place, out ulong taken)
    {
        var lease = &_journals[place].Lease;
        var free = ProcessMemory.Read(lease);
        taken = Next(free) | 1;
        return !IsTaken(free, _slot) && ProcessMemory.CompareExchange(lease, free, taken);
    }

    /// <summary>Gives a journal back.</summary>
    public void Return(int place)
    {
        var lease = &_journals[place].Lease;
        ProcessMemory.Write(lease, Next(ProcessMemory.Read(lease)));
    }

    /// <summary>Lets no further operation begin, and waits for those in flight.</summary>
    public void Close()
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        for (var place = 0; _journals != null && place < TableGeometry.JournalsPerSlot; place++)
        {
            var lease = ProcessMemory.Read(&_journals[place].Lease);
            var spinner = new SpinWait();
            while (IsTaken(lease, _slot) && ProcessMemory.Read(&_journals[place].Lease) == lease)
                spinner.SpinOnce();
        }
    }

    /// <summary>Lets operations begin again.</summary>
    public void Reopen() => _closed = false;

    private ulong Next(ulong lease) => (_slot << 32) | (uint)(lease + 1);
}
