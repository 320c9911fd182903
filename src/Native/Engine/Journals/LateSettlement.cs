using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Journals;

/// <summary>
/// Settles what a writer of this process had to leave: its batch is decided, but a process that was stopped held a bucket that settling needs, and the
/// writer went on. Its keys stay locked meanwhile, and nobody else may settle the journal of a living process, so this one tries again by itself, without
/// waiting for any holder, until all is settled. What a kill leaves: a dead writer's journals.
/// </summary>
/// <remarks>
/// Threads: all members are safe to use at once. Each try has the lease of the journal, like any write, so who closes the leases waits for it; it goes on
/// behind that, when the table is another's. Disposed of before the slot is given back.
/// </remarks>
internal sealed unsafe class LateSettlement(TableContext table) : IDisposable
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Timer? _timer;
    private TimeSpan _pause;
    private bool _isDisposed;

    /// <summary>Begins to try, unless it does already. The caller has a lease yet.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_timer is not null || _isDisposed)
                return;
            _pause = LeastPause;
            _timer = new Timer(static settlement => ((LateSettlement)settlement!).Try(), this, _pause, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Tries no more. Blocking: for a try that has begun.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            End();
        }
    }

    private void Try()
    {
        lock (_gate)
        {
            if (_timer is null)
                return;
            var isSettled = true;
            for (var place = 0; place < TableGeometry.JournalsPerSlot; place++)
                isSettled &= IsSettled(place) || TrySettle(place);
            if (isSettled)
                End();
            else
                _timer.Change(_pause = _pause * 2 < MostPause ? _pause * 2 : MostPause, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private bool IsSettled(int place) => ProcessMemory.Read(&table.Space.JournalAt(table.FirstJournal + place)->State) == (ulong)JournalState.Idle;

    /// <summary>A journal that a thread has taken is in the middle of a write, which settles it first: that is looked at again.</summary>
    private bool TrySettle(int place)
    {
        if (!table.Leases.TryTakeToSettle(place, out _))
            return false;
        try
        {
            var writer = new Writer(table, table.FirstJournal + place);
            table.Impatient = writer.Number;
            JournalRecovery<ProcessMemory>.Settle(writer);
            return true;
        }
        catch (TableBusyException)
        {
            return false;
        }
        catch (CorruptTableException)
        {
            return true; // trying again mends nothing; whoever meets it next is told
        }
        finally
        {
            table.Impatient = 0;
            table.Leases.Return(place);
        }
    }
}
