using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>A table that this worker has accepted, until it is released or given away.</summary>
internal sealed class OwnedTableHandle(WorkerSession session, uint epoch, TableFile file)
{
    /// <summary>How long a release waits for an answer that it can do without.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(1);

    private IAsyncDisposable? _table;
    private Task _givingAway = Task.CompletedTask;
    private uint _leftUnder; // the epoch of a release with a gift that did not come: the manager may have kept that, and its answer been lost
    private int _isReleased;

    /// <summary>The table's name as it is now.</summary>
    public string Table => File.Name;

    public uint Epoch { get; private set; } = epoch;

    public TableFile File { get; } = file;

    /// <summary>Whether the table has been let go, or given away.</summary>
    public bool IsReleased => Volatile.Read(ref _isReleased) != 0;

    /// <summary>The table that the worker's code sees; disposing it releases.</summary>
    public void Attach(IAsyncDisposable table) => _table = table;

    /// <summary>Lets the table go and tells the manager; once. Waits for this process's own writers in flight.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0) return;
        try
        {
            File.TryRelease(Epoch);
        }
        catch (TableDroppedException)
        {
            // There is nothing left to hand over.
        }
        finally
        {
            session.OnReleased(this);
        }
    }

    /// <summary><see cref="Release"/> in the form that tables call; behind a give-away that is under way.</summary>
    public async ValueTask ReleaseAsync()
    {
        await _givingAway.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TakeBackGiftAsync().ConfigureAwait(false);
        Release();
    }

    /// <summary>Leaves something for the next owner with the manager, if there is something, and then lets the table go.</summary>
    public async Task ReleaseAsync(ReadOnlyMemory<byte>? giftData)
    {
        if (!File.IsOwner) throw NotOwner();
        if (giftData is null) await TakeBackGiftAsync().ConfigureAwait(false);
        else
        {
            _leftUnder = Epoch;
            await session.RequestAsync<PrepareReleaseMessage, DoneMessage>(new PrepareReleaseMessage(Table, Epoch, giftData), CancellationToken.None).ConfigureAwait(false);
        }
        await Task.Run(Release).ConfigureAwait(false);
    }

    /// <summary>
    /// Offers the table in its file and then tells the manager to whom. What is refused or not accepted is taken back there, in one exchange that
    /// an acceptance at the same moment loses or wins. A kill of this process in between leaves an offer that the manager withdraws.
    /// </summary>
    public Task GiveAwayAsync(EtsSuccessor successor, ReadOnlyMemory<byte>? giftData)
    {
        var givingAway = Task.Run(() => OfferToAsync(successor, giftData));
        _givingAway = givingAway;
        return givingAway;
    }

    /// <summary>
    /// Lets the table go because an operator wants it elsewhere: to a successor if one is named. What goes wrong leaves it here, which the operator
    /// sees in the table's file.
    /// </summary>
    public async Task RelinquishAsync(EtsSuccessor successor)
    {
        try
        {
            if (successor == default) await ReleaseAsync().ConfigureAwait(false);
            else await GiveAwayAsync(successor, giftData: null).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EtsException or ObjectDisposedException)
        {
            // It was given away or dropped at the same moment, or nobody took it, or the worker ends, which releases it.
        }
    }

    /// <summary>Lets the table go where no table of rows came to be.</summary>
    public void ReleaseAndClose()
    {
        Release();
        File.Dispose();
    }

    /// <summary>Disposes the table of rows, which releases.</summary>
    public ValueTask CloseAsync() => _table?.DisposeAsync() ?? ReleaseAsync();

    /// <summary>Lets the table go from the session's thread, which must not wait.</summary>
    public void ReleaseInBackground() => session.Track(Task.Run(async () => await CloseAsync().ConfigureAwait(false)));

    /// <summary>
    /// Has the manager forget what was to be left by a release that did not come, before the table goes in another way. Where it does not answer in time or is
    /// gone, the table goes all the same.
    /// </summary>
    private async Task TakeBackGiftAsync()
    {
        if (IsReleased || _leftUnder != Epoch) return;
        try
        {
            var forgetting = session.RequestToTheLastAsync<PrepareReleaseMessage, DoneMessage>(new PrepareReleaseMessage(Table, Epoch, GiftData: null));
            await forgetting.WaitAsync(LongestAnswer).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EtsException or TimeoutException)
        {
            // What was left may go to the next owner.
        }
    }

    private async Task OfferToAsync(EtsSuccessor successor, ReadOnlyMemory<byte>? giftData)
    {
        session.RequireManagerKnows(MessageType.GiveAway);
        await TakeBackGiftAsync().ConfigureAwait(false);
        if (!File.TryGiveAway(Epoch, out var offered)) throw NotOwner();
        try
        {
            var request = new GiveAwayMessage(Table, offered.Epoch, successor.ProcessId, successor.WorkerId, giftData);
            await session.RequestAsync<GiveAwayMessage, DoneMessage>(request, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EtsException or ObjectDisposedException) // disposed: the worker, between the offer and the request
        {
            if (File.TryTakeBack(offered, out var again))
            {
                Epoch = again.Epoch;
                session.OnTakenBack(this);
                throw;
            }
            if (File.AcceptedEpoch < offered.Epoch)
            {
                End();
                throw new TransferRejectedException(
                    $"Table '{Table}' was not taken by its successor, and another manager has come meanwhile and hands it over to its heir or by its find-me rule.", error);
            }
            // The successor was quicker than the refusal, or than the loss of the connection.
        }
        End();
    }

    private void End()
    {
        Interlocked.Exchange(ref _isReleased, 1);
        session.Forget(this);
    }

    private NotOwnerException NotOwner() => new($"Table '{Table}' is not this worker's any more (epoch {File.Ownership.Epoch}).");
}
