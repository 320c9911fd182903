using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>
/// Gives each writing thread of this process a journal of its own for the time of one operation. Known to this process only.
/// </summary>
internal sealed class JournalLeases
{
    private const int Padding = 16;

    [ThreadStatic]
    private static int Preferred;

    private readonly int[] _taken = new int[TableGeometry.JournalsPerSlot * Padding];
    private volatile bool _closed;

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
        if (Interlocked.CompareExchange(ref _taken[place * Padding], 1, 0) != 0)
            return false;
        if (!_closed)
            return true;
        Return(place); // the exchange is a full fence: whoever closes sees this journal in use, or this thread sees that it is closed
        return false;
    }

    /// <summary>Gives a journal back.</summary>
    public void Return(int place) => Volatile.Write(ref _taken[place * Padding], 0);

    /// <summary>Lets no further operation begin, and waits for those in flight.</summary>
    public void Close()
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        for (var place = 0; place < TableGeometry.JournalsPerSlot; place++)
        {
            var spinner = new SpinWait();
            while (Volatile.Read(ref _taken[place * Padding]) != 0)
                spinner.SpinOnce();
        }
    }

    /// <summary>Lets operations begin again.</summary>
    public void Reopen() => _closed = false;
}
