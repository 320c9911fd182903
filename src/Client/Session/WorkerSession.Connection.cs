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

    /// <summary>How long a manager that is there has at least to register a worker, also where the time to look for one is over.</summary>
    private static readonly TimeSpan LeastAnswerTime = TimeSpan.FromSeconds(1);

    /// <summary>How long it has to register a worker that comes back, perhaps with all the others; then the worker tries again.</summary>
    private static readonly TimeSpan ReturnAnswerTime = TimeSpan.FromSeconds(30);

    private ReconnectDelay _reconnectDelay = new(options.MaximumReconnectDelay);

    // What belongs to the one thread that reads; it leaves them to the next one, see ArrivalThreads.
    private ManagerConnection? _reading;
    private CancellationTokenSource? _closing; // closes the connection when the session ends, or the manager has not registered the worker in time
    private Action? _unsaid;
    private long _connectingSince;

    /// <summary>Reads, until the session ends or another thread does.</summary>
    private void Run()
    {
        try
        {
            while (GoOnWithNext(out var isReader))
            {
                if (!isReader && !_arrivals.AwaitTurn()) return;
            }
        }
        catch (Exception error)
        {
            Fault(error);
        }
        Lose();
        _registered.TrySetException(new ObjectDisposedException(nameof(EtsWorker)));
        _ended.TrySetResult();
    }

    /// <summary>
    /// Reads until a caller is to be gone on with, and goes on with it; false when the session ends. A call of its own, like the wait for a turn: a thread's
    /// frames keep alive, in code that is not optimised yet, whatever they have seen, and a table would stay mapped for as long as the thread waits or reads.
    /// </summary>
    private bool GoOnWithNext(out bool isReader)
    {
        isReader = false;
        if (ReadUntilArrival() is not { } arrival) return false;
        isReader = _arrivals.GoOn(arrival);
        return true;
    }

    /// <summary>Reads until a caller is to be gone on with, which it returns, or until the session ends.</summary>
    private Action? ReadUntilArrival()
    {
        while (!_stop.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                _reading ??= Connect();
                Say();
                while (_reading.TryRead(out var payload))
                {
                    if (Handle(_reading, payload.Span) is { } arrival) return arrival;
                    Say();
                }
            }
            catch (ManagerNotRunningException) when (_registered.Task.IsCompleted || TimeProvider.System.GetElapsedTime(_connectingSince) < options.ConnectTimeout)
            {
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or ProtocolException)
            {
                // Lost, or closed.
            }
            RequireAnswered(began);
            Lose();
            if (TimeProvider.System.GetElapsedTime(began) > GoodConnection) _reconnectDelay.Reset();
            _stop.Token.WaitHandle.WaitOne(_reconnectDelay.Next());
        }
        return null;
    }

    private ManagerConnection Connect()
    {
        _closing = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _closing.CancelAfter(AnswerTime);
        var connection = ManagerConnection.Connect(directory, ConnectPatience, _closing.Token);
        try
        {
            Register(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>How long the manager has from now on to register the worker.</summary>
    private TimeSpan AnswerTime
    {
        get
        {
            if (_registered.Task.IsCompleted) return ReturnAnswerTime;
            var left = options.ConnectTimeout - TimeProvider.System.GetElapsedTime(_connectingSince);
            return left > LeastAnswerTime ? left : LeastAnswerTime;
        }
    }

    /// <summary>The time to answer is all that was left to look for a manager: where it is over, so is the session that none has registered.</summary>
    /// <exception cref="ManagerNotRunningException">There is one, and it has not answered.</exception>
    private void RequireAnswered(long began)
    {
        if (_registered.Task.IsCompleted || _stop.IsCancellationRequested || _closing is not { IsCancellationRequested: true }) return;
        throw ManagerConnection.NotAnswering(directory, TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>Says what an arrival has left to be said.</summary>
    private void Say()
    {
        var unsaid = _unsaid;
        _unsaid = null; // before: were it to fail, the session's end would say it again
        unsaid?.Invoke();
    }

    /// <summary>The connection has ended; what was asked over it will not be answered.</summary>
    private void Lose()
    {
        Say();
        lock (_gate) _connection = null;
        FailRequests();
        _reading?.Dispose();
        _closing?.Dispose();
        (_reading, _closing) = (null, null);
    }

    /// <summary>States what this worker owns and waits for. Under one hold of the gate: what changes later is sent later.</summary>
    private void Register(ManagerConnection connection)
    {
        lock (_gate)
        {
            var owned = _owned.Concat(_arrived.Select(arrived => arrived.Handle)).Concat(_leaving).Select(handle => new OwnedTable(handle.Table, handle.Epoch)).ToArray();
            connection.Enqueue(Enlist(new RegisterRequest(this)), new RegisterMessage(role, options.Priority, owned) { WorkerId = WorkerId });
            // In the order of creation, in which the tables are offered that nobody owns by now.
            foreach (var claim in _claims.Values.Where(claim => claim.IsRehearsed).OrderBy(claim => claim.Incarnation))
            {
                if (claim.IsFirst) claim.IsCreated = false; // what was made for it alone has gone with the connection
                EnqueueClaim(connection, claim);
            }
            _connection = connection;
        }
        connection.Flush();
    }

    /// <summary>Does what a frame says; where that is the arrival of a table, what goes on with the caller.</summary>
    private Action? Handle(ManagerConnection connection, ReadOnlySpan<byte> payload)
    {
        var reader = FieldReader.Open(payload, out var header);
        if (header.Id != 0)
        {
            PendingRequest? request;
            lock (_gate) _requests.Remove(header.Id, out request);
            request?.Answer(header, ref reader);
            return null;
        }
        switch (header.Type)
        {
            case MessageType.Offer:
                return OnOffer(connection, MessageCodec.ReadFields<OfferMessage>(ref reader));
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
        return null;
    }

    private Action? OnOffer(ManagerConnection connection, OfferMessage offer)
    {
        PendingClaim? claim;
        lock (_gate) claim = _claims.GetValueOrDefault(offer.Table);
        if (claim is null && offer.Reason is (TransferReason.GivenAway or TransferReason.Inherited))
        {
            AcceptUnasked(connection, offer);
            return null;
        }
        if (claim is null)
        {
            connection.Send(0, new DeclinedMessage(offer.Table, offer.Epoch, "The worker does not wait for it."));
            return null;
        }
        TableFile? file = null;
        try
        {
            file = claim.Open(directory, offer.FileName);
            if (!file.TryAccept(offer.Epoch))
            {
                // Withdrawn: too late, or another manager. The claim stands and another offer will come.
                claim.Return(file);
                return null;
            }
        }
        catch (Exception error) when (error is not ProtocolException)
        {
            file?.Dispose();
            connection.Send(0, new DeclinedMessage(offer.Table, offer.Epoch, error.Message));
            End(claim, error);
            return null;
        }
        return Accept(connection, claim, new OwnedTableHandle(this, offer.Epoch, file), offer);
    }

    private Action? Accept(ManagerConnection connection, PendingClaim claim, OwnedTableHandle handle, OfferMessage offer)
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
        // The manager reads the acceptance in the file; that it may look is said once the caller is on its way.
        _unsaid = () =>
        {
            connection.Send(0, new AcceptedMessage(offer.Table, offer.Epoch));
            claim.Close();
        };
        if (isWanted) return claim.Complete(handle, ToTransfer(offer));
        handle.ReleaseAndClose(); // Cancelled as it was accepted.
        return null;
    }

    /// <summary>The part of a rehearsal that the session's thread plays. A manager that has just come may have removed the file under it.</summary>
    private void Rehearse(PendingClaim claim, OfferMessage offer)
    {
        try
        {
            var arrival = Handle(ManagerConnection.ToNobody(), MessageCodec.Encode(0, offer).AsSpan(FrameLimits.HeaderBytes));
            Say();
            if (arrival is not null) _arrivals.GoOn(arrival);
            else claim.Fail(new TableNotFoundException($"The file of table '{offer.Table}' is gone."));
        }
        catch (Exception error)
        {
            claim.Fail(error);
        }
    }

    internal static Transfer ToTransfer(OfferMessage offer) => new()
    {
        Table = offer.Table,
        From = offer.FromProcessId == 0 ? null : new PreviousOwner(offer.FromProcessId, offer.FromRole),
        GiftData = offer.GiftData,
        Reason = offer.Reason,
        Epoch = offer.Epoch,
        ExitStatus = offer.ExitStatus,
    };

    internal void OnRegistered()
    {
        _closing!.CancelAfter(Timeout.InfiniteTimeSpan);
        _registered.TrySetResult();
    }

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
        _stop.Cancel();
        foreach (var claim in claims)
        {
            claim.Fail(error);
            claim.Close();
        }
    }
}
