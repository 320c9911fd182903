using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>
/// Gives each writing thread of this process a journal of its own for the time of one operation. Known to this process only.
/// </summary>
internal sealed class JournalLeases
{
    private const int Padding = 16;
    private const int Closed = 2;

    [ThreadStatic]
    private static int Preferred;

    private readonly int[] _taken = new int[TableGeometry.JournalsPerSlot * Padding];

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
                var was = Interlocked.CompareExchange(ref _taken[place * Padding], 1, 0);
                if (was == 0)
                    return place;
                if (was == Closed)
                    return -1;
                Preferred = (place + 1) % TableGeometry.JournalsPerSlot;
            }
            spinner.SpinOnce();
        }
    }

    /// <summary>Takes one particular journal if it is free.</summary>
    public bool TryTake(int place) => Interlocked.CompareExchange(ref _taken[place * Padding], 1, 0) == 0;

    /// <summary>Gives a journal back.</summary>
    public void Return(int place) => Volatile.Write(ref _taken[place * Padding], 0);

    /// <summary>Lets no further operation begin, and waits for those in flight.</summary>
    public void Close()
    {
        for (var place = 0; place < TableGeometry.JournalsPerSlot; place++)
        {
            var spinner = new SpinWait();
            while (Interlocked.CompareExchange(ref _taken[place * Padding], Closed, 0) == 1)
                spinner.SpinOnce();
        }
    }

    /// <summary>Lets operations begin again.</summary>
    public void Reopen()
    {
        for (var place = 0; place < TableGeometry.JournalsPerSlot; place++)
            Interlocked.CompareExchange(ref _taken[place * Padding], 0, Closed);
    }
}
