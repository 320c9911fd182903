using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <content>The session's own thread: connects, reads, answers offers, connects again.</content>
internal sealed partial class WorkerSession
{
    /// <summary>A connection that lasted so long was a good one: the next attempts follow each other fast again.</summary>
    private static readonly TimeSpan GoodConnection = TimeSpan.FromSeconds(1);

    /// <summary>On Windows the pipe is busy between two accepts; on Linux there is a queue and waiting brings nothing.</summary>
    private static readonly TimeSpan ConnectPatience = OperatingSystem.IsWindows() ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero;

    private void Run()
    {
        var started = TimeProvider.System.GetTimestamp();
        var delay = new ReconnectDelay(options.MaximumReconnectDelay);
        try
        {
            while (!_stop.IsSet)
            {
                var began = TimeProvider.System.GetTimestamp();
                try
                {
                    using var connection = ManagerConnection.Connect(directory, ConnectPatience);
                    Serve(connection);
                }
                catch (ManagerNotRunningException) when (_registered.Task.IsCompleted || TimeProvider.System.GetElapsedTime(started) < options.ConnectTimeout)
                {
                }
                catch (Exception error) when (error is IOException or ObjectDisposedException or ProtocolException)
                {
                    // Lost, or closed by DisposeAsync.
                }
                if (TimeProvider.System.GetElapsedTime(began) > GoodConnection) delay.Reset();
                _stop.Wait(delay.Next());
            }
        }
        catch (Exception error)
        {
            Fault(error);
        }
        finally
        {
            _registered.TrySetException(new ObjectDisposedException(nameof(EtsWorker)));
            _ended.TrySetResult();
        }
    }

    private void Serve(ManagerConnection connection)
    {
        try
        {
            Register(connection);
            while (connection.TryRead(out var payload)) Handle(connection, payload.Span);
        }
        finally
        {
            PendingRequest[] lost;
            lock (_gate)
            {
                _connection = null;
                lost = [.. _requests.Values];
                _requests.Clear();
            }
            foreach (var request in lost) request.Fail(ConnectionLost());
        }
    }

    /// <summary>States what this worker owns and waits for. Under one hold of the gate: what changes later is sent later.</summary>
    private void Register(ManagerConnection connection)
    {
        lock (_gate)
        {
            var owned = _owned.Concat(_arrived.Select(arrived => arrived.Handle)).Select(handle => new OwnedTable(handle.Table, handle.Epoch)).ToArray();
            connection.Send(Enlist(new RegisterRequest(this)), new RegisterMessage(role, options.Priority, owned) { WorkerId = WorkerId });
            foreach (var claim in _claims.Values.Where(claim => claim.IsRehearsed)) SendClaim(connection, claim);
            _connection = connection;
            if (_stop.IsSet) throw new IOException("The session ends.");
        }
    }

    private void Handle(ManagerConnection connection, ReadOnlySpan<byte> payload)
    {
        var reader = FieldReader.Open(payload, out var header);
        if (header.Id != 0)
        {
            PendingRequest? request;
            lock (_gate) _requests.Remove(header.Id, out request);
            request?.Answer(header, ref reader);
            return;
        }
        switch (header.Type)
        {
            case MessageType.Offer:
                OnOffer(connection, MessageCodec.ReadFields<OfferMessage>(ref reader));
                break;
            case MessageType.ClaimRefused:
                var refused = MessageCodec.ReadFields<ClaimRefusedMessage>(ref reader);
                PendingClaim? claim;
                lock (_gate) claim = _claims.GetValueOrDefault(refused.Table);
                if (claim is not null) End(claim, Refusal.ToException(refused.Code, refused.Text));
                break;
            case MessageType.Relinquish:
                OnRelinquish(MessageCodec.ReadFields<RelinquishMessage>(ref reader));
                break;
            default:
                // A notification of a later version.
                break;
        }
    }

    private void OnOffer(ManagerConnection connection, OfferMessage offer)
    {
        PendingClaim? claim;
        lock (_gate) claim = _claims.GetValueOrDefault(offer.Table);
        if (claim is null && offer.Reason is (TransferReason.GivenAway or TransferReason.Inherited))
        {
            AcceptUnasked(connection, offer);
            return;
        }
        if (claim is null)
        {
            connection.Send(0, new DeclinedMessage(offer.Table, offer.Epoch, "The worker does not wait for it."));
            return;
        }
        TableFile? file = null;
        try
        {
            file = claim.Open(directory.Locate(offer.FileName));
            if (!file.TryAccept(offer.Epoch))
            {
                // Withdrawn: too late, or another manager. The claim stands and another offer will come.
                claim.Return(file);
                return;
            }
        }
        catch (Exception error) when (error is not ProtocolException)
        {
            file?.Dispose();
            connection.Send(0, new DeclinedMessage(offer.Table, offer.Epoch, error.Message));
            End(claim, error);
            return;
        }
        Accept(connection, claim, new OwnedTableHandle(this, offer.Epoch, file), offer);
    }

    private void Accept(ManagerConnection connection, PendingClaim claim, OwnedTableHandle handle, OfferMessage offer)
    {
        bool isWanted;
        lock (_gate)
        {
            isWanted = IsWaiting(claim);
            if (isWanted)
            {
                _claims.Remove(claim.Table);
                _owned.Add(handle);
            }
        }
        if (isWanted) claim.Complete(handle, ToTransfer(offer), _arrivals);
        else handle.ReleaseAndClose(); // Cancelled as it was accepted.

        // The manager reads the acceptance in the file; that it may look is said once the caller is on its way.
        connection.Send(0, new AcceptedMessage(offer.Table, offer.Epoch));
        claim.Close();
    }

    internal static Transfer ToTransfer(OfferMessage offer) => new()
    {
        Table = offer.Table,
        From = offer.FromProcessId == 0 ? null : new PreviousOwner(offer.FromProcessId, offer.FromRole),
        GiftData = offer.GiftData,
        Reason = offer.Reason,
        Epoch = offer.Epoch,
    };

    internal void OnRegistered() => _registered.TrySetResult();

    /// <summary>Ends the session for good; owned tables stay owned.</summary>
    internal void Fault(Exception error)
    {
        PendingClaim[] claims;
        lock (_gate)
        {
            _fault ??= error;
            claims = [.. _claims.Values];
            _claims.Clear();
        }
        _registered.TrySetException(error);
        _stop.Set();
        foreach (var claim in claims)
        {
            claim.Fail(error);
            claim.Close();
        }
        Volatile.Read(ref _connection)?.Dispose();
    }
}
