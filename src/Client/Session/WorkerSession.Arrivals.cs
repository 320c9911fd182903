using System.Threading.Channels;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <content>Tables that come without being waited for. ETS: a message in the mailbox; the table is the receiver's before it looks.</content>
internal sealed partial class WorkerSession
{
    /// <summary>
    /// How long an acceptance holds up those behind it: one whose file cannot be opened for so long is stuck. Less than an offer stands, so that the
    /// tables behind it do not go elsewhere.
    /// </summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1);

    private readonly List<ArrivedTable> _arrived = [];
    private readonly Channel<Transfer> _transfers = Channel.CreateUnbounded<Transfer>();

    private readonly Turns _unasked = new(LongestTurn); // of the one thread that reads

    /// <summary>The transfers of the tables that came so.</summary>
    public ChannelReader<Transfer> Transfers => _transfers.Reader;

    /// <summary>
    /// Accepts elsewhere: to open a file takes longer than the offers of tables that are waited for are to wait. What came unasked is opened side by
    /// side and accepted one after the other, in the order of the offers.
    /// </summary>
    private void AcceptUnasked(ManagerConnection connection, OfferMessage offer) =>
        Track(_unasked.Take(turn => AcceptUnaskedAsync(connection, offer, turn)));

    private async Task AcceptUnaskedAsync(ManagerConnection connection, OfferMessage offer, Task turn)
    {
        TableFile? file = null;
        try
        {
            file = TableFile.Open(directory.Locate(offer.FileName).Path, writable: true);
            await turn.ConfigureAwait(false);
            if (!file.TryAccept(offer.Epoch))
            {
                file.Dispose();
                return;
            }
        }
        catch (Exception error)
        {
            file?.Dispose();
            connection.Send(0, new DeclinedMessage(offer.Table, offer.Epoch, error.Message));
            return;
        }
        Keep(new ArrivedTable(new OwnedTableHandle(this, offer.Epoch, file), ToTransfer(offer)));
        connection.Send(0, new AcceptedMessage(offer.Table, offer.Epoch));
    }

    /// <summary>Keeps a table until it is asked for, or hands it to the call that has begun to wait for it meanwhile.</summary>
    private void Keep(ArrivedTable arrived, bool isTold = false)
    {
        bool isEnding;
        PendingClaim? claim;
        lock (_gate)
        {
            isEnding = _stopping;
            if (_claims.Remove(arrived.Handle.Table, out claim)) _owned.Add(arrived.Handle);
            else if (!isEnding) _arrived.Add(arrived);
        }
        if (claim is not null)
        {
            if (claim.Complete(arrived.Handle, arrived.Transfer) is { } goOn) ThreadPool.UnsafeQueueUserWorkItem(static caller => caller(), goOn, preferLocal: false);
            claim.Close();
        }
        else if (isEnding) arrived.Handle.ReleaseAndClose();
        else if (!isTold) _transfers.Writer.TryWrite(arrived.Transfer);
    }

    /// <summary>Takes a table that has arrived, for the call that asks for it. The caller holds the gate.</summary>
    private ArrivedTable? TakeArrived(string name)
    {
        var place = _arrived.FindIndex(arrived => IsNamed(arrived.Handle, name));
        if (place < 0) return null;
        var found = _arrived[place];
        _arrived.RemoveAt(place);
        _owned.Add(found.Handle);
        return found;
    }

    private static bool IsNamed(OwnedTableHandle handle, string name) => string.Equals(handle.Table, name, StringComparison.OrdinalIgnoreCase);
}
