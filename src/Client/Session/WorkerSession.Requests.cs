using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <content>What is asked of the manager: queued under the gate, which orders it, and sent outside of it.</content>
internal sealed partial class WorkerSession
{
    private readonly Dictionary<uint, PendingRequest> _requests = [];
    private uint _lastId;

    /// <summary>Asks the manager something that is not repeated over another connection.</summary>
    /// <exception cref="ManagerNotRunningException">There is no connection, or it was lost before the answer; the request may have been carried out.</exception>
    public Task<TAnswer> RequestAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TAnswer : IMessage<TAnswer>
    {
        lock (_gate) RequireRunning();
        return RequestToTheLastAsync<TRequest, TAnswer>(request).WaitAsync(cancellationToken);
    }

    /// <summary>The same of a worker that may be about to end, for what belongs to that.</summary>
    public Task<TAnswer> RequestToTheLastAsync<TRequest, TAnswer>(TRequest request)
        where TRequest : IMessage<TRequest>
        where TAnswer : IMessage<TAnswer>
    {
        var pending = new TypedRequest<TAnswer>();
        lock (_gate)
        {
            var connection = _connection ?? throw ConnectionLost();
            connection.RequireUnderstands(request);
            connection.Enqueue(Enlist(pending), request);
        }
        Flush();
        return pending.Task;
    }

    /// <summary>Whether the manager's version has messages of a type; true without a connection, which is what the request itself will say.</summary>
    public bool ManagerKnows(MessageType type) => Volatile.Read(ref _connection)?.Knows(type) ?? true;

    /// <summary>For what is begun in a table's file before the manager is asked.</summary>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which has no such message.</exception>
    public void RequireManagerKnows(MessageType type) => Volatile.Read(ref _connection)?.RequireKnows(type);

    /// <summary>
    /// Sends what was queued under the gate, outside of it, since to send may take time. If the connection is another one by now, what was queued went with
    /// the last.
    /// </summary>
    private void Flush() => Volatile.Read(ref _connection)?.Flush();

    /// <summary>Queues what a claim needs next. Called under the gate, so that it stands behind the registration.</summary>
    private void EnqueueClaim(ManagerConnection connection, PendingClaim claim)
    {
        if (claim is { Options: not null, IsCreated: false }) EnqueueCreation(connection, claim, claim.ToCreateMessage(role));
        else connection.Enqueue(Enlist(new ClaimRequest(this, claim)), ToMessage(claim));
    }

    private void EnqueueCreation(ManagerConnection connection, PendingClaim claim, CreateTableMessage creation)
    {
        try
        {
            connection.RequireUnderstands(creation);
        }
        catch (ManagerRefusedException error)
        {
            End(claim, error);
            return;
        }
        if (claim.IsFirst) connection.Enqueue(Enlist(new ClaimRequest(this, claim)), ToMessage(claim));
        connection.Enqueue(Enlist(new ClaimRequest(this, claim)), creation);
    }

    private static ClaimMessage ToMessage(PendingClaim claim) => new(claim.Table, (long)claim.Waited.TotalMilliseconds);

    private uint Enlist(PendingRequest request)
    {
        if (++_lastId == 0) _lastId = 1;
        _requests[_lastId] = request;
        return _lastId;
    }

    /// <summary>What was asked will not be answered.</summary>
    private void FailRequests()
    {
        PendingRequest[] lost;
        lock (_gate)
        {
            lost = [.. _requests.Values];
            _requests.Clear();
        }
        foreach (var request in lost) request.Fail(ConnectionLost());
    }
}
