using System.IO.Pipes;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Native.Os;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>One client's connection, from its first frame to its end. Requests are answered one after the other.</summary>
internal sealed partial class ClientConnection : IAsyncDisposable
{
    /// <summary>How long a frame may take from its first byte to its last. Between frames a connection may be idle for ever.</summary>
    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(10);

    private const int LeastTidied = 64;

    private readonly NamedPipeServerStream _pipe;
    private readonly PeerCredentials _peer;
    private readonly ConnectionSurroundings _surroundings;
    private readonly FrameReader _reader;
    private readonly OutgoingFrames _outgoing;
    private readonly HashSet<TableActor> _claimed = [];
    private int _mostClaimed = LeastTidied;
    private WorkerRegistration? _worker;
    private Action? _unregister;
    private bool _isGreeted;
    private TimeSpan _heartbeatPause;

    public ClientConnection(NamedPipeServerStream pipe, PeerCredentials peer, ConnectionSurroundings surroundings)
    {
        _pipe = pipe;
        _peer = peer;
        _surroundings = surroundings;
        _reader = new FrameReader(pipe, FrameTime);
        _outgoing = new OutgoingFrames(pipe, () =>
        {
            Log.ConnectionDropped(surroundings.Logger, peer.ProcessId, "it does not read what it is sent");
            pipe.Dispose();
        });
    }

    /// <summary>Serves the client until it goes, breaks the protocol, or the pipe is disposed of. Throws nothing.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await _reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } payload)
            {
                if (!await HandleAsync(payload).ConfigureAwait(false)) break;
            }
            Log.ConnectionEnded(_surroundings.Logger, _peer.ProcessId);
        }
        catch (ProtocolException error)
        {
            Log.ConnectionDropped(_surroundings.Logger, _peer.ProcessId, error.Message);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Log.ConnectionEnded(_surroundings.Logger, _peer.ProcessId);
        }
        catch (Exception error)
        {
            Log.ConnectionFailed(_surroundings.Logger, _peer.ProcessId, error);
        }
        if (_worker is not { } worker) return;
        _unregister!();
        foreach (var table in _claimed) table.Forget(worker);
        _surroundings.Tables.LookAtTablesOf(worker.Process);
    }

    /// <summary>Says to a client that is not to be served that it is not; nothing of it has been read.</summary>
    public void Refuse(string text)
    {
        Log.ConnectionRefused(_surroundings.Logger, $"process {_peer.ProcessId}: {text}");
        Reply(0, new RefusedMessage(RefusalCode.Other, text));
    }

    public async ValueTask DisposeAsync()
    {
        var draining = _outgoing.CloseAsync();
        await _pipe.DisposeAsync().ConfigureAwait(false);
        await draining.ConfigureAwait(false);
        _peer.Dispose();
    }

    /// <summary>Carries out one message; false if it was the last.</summary>
    private async Task<bool> HandleAsync(ReadOnlyMemory<byte> payload)
    {
        FieldReader.Open(payload.Span, out var header);
        try
        {
            if (!_isGreeted) return Greet(header, payload);
            _worker?.BeginRequest();
            var work = Dispatch(header, payload);
            if (work is not null) await work.ConfigureAwait(false);
        }
        catch (EtsException error) when (error is not ProtocolException && header.Id != 0)
        {
            Refuse(header.Id, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(header.Id, error); // the file system's; what is wrong with this connection, its reader finds
        }
        finally
        {
            _worker?.EndRequest();
        }
        return true;
    }

    private bool Greet(MessageHeader header, ReadOnlyMemory<byte> payload)
    {
        var hello = MessageCodec.Decode<HelloMessage>(payload.Span, out _);
        var version = ProtocolVersion.Negotiate(hello.MinimumVersion, hello.MaximumVersion);
        if (version == 0)
        {
            var text = $"The client speaks versions {hello.MinimumVersion} to {hello.MaximumVersion} of the protocol, the manager "
                + $"{ProtocolVersion.Minimum} to {ProtocolVersion.Maximum}. Upgrade the older of the two.";
            Log.ConnectionRefused(_surroundings.Logger, text);
            Reply(header.Id, new RefusedMessage(RefusalCode.UnsupportedVersion, text));
            return false;
        }
        _isGreeted = true;
        var welcome = _surroundings.Welcome(version);
        if (version > 1) _heartbeatPause = TimeSpan.FromMilliseconds(welcome.HeartbeatMilliseconds); // version 1 takes no notice of it
        Reply(header.Id, welcome);
        return true;
    }

    private Task? Dispatch(MessageHeader header, ReadOnlyMemory<byte> payload)
    {
        switch (header.Type)
        {
            case MessageType.Register:
                Register(Decode<RegisterMessage>(payload));
                Reply(header.Id, new DoneMessage());
                return null;
            case MessageType.Claim:
                return ClaimAsync(header.Id, Decode<ClaimMessage>(payload));
            case MessageType.Unclaim:
                Table(Decode<UnclaimMessage>(payload).Table)?.Unclaim(RequireWorker());
                return null;
            case MessageType.CreateTable:
                return CreateAsync(header.Id, Decode<CreateTableMessage>(payload));
            case MessageType.Accepted:
                var accepted = Decode<AcceptedMessage>(payload);
                if (_worker is { } owner) Table(accepted.Table)?.Bind(owner, accepted.Epoch);
                return null;
            case MessageType.Released:
                return Table(Decode<ReleasedMessage>(payload).Table)?.LookAsync();
            case MessageType.Declined:
                var declined = Decode<DeclinedMessage>(payload);
                Table(declined.Table)?.Decline(RequireWorker(), declined.Epoch, declined.Text);
                return null;
            case MessageType.DropTable:
                return DropAsync(header.Id, Decode<DropTableMessage>(payload));
            case MessageType.ListTables:
                return ListAsync(header.Id, Decode<ListTablesMessage>(payload));
            default:
                return DispatchLater(header, payload);
        }
    }

    /// <summary>What version 2 of the protocol has added.</summary>
    private Task? DispatchLater(MessageHeader header, ReadOnlyMemory<byte> payload)
    {
        switch (header.Type)
        {
            case MessageType.RenameTable:
                var rename = Decode<RenameTableMessage>(payload);
                return DoneAsync(header.Id, _surroundings.Tables.RenameAsync(RequireWorker(), rename.Table, rename.NewName));
            case MessageType.GiveAway:
                var giveAway = Decode<GiveAwayMessage>(payload);
                Detach(header.Id, _surroundings.Tables.Require(giveAway.Table).GiveAwayAsync(RequireWorker(), giveAway));
                return null;
            case MessageType.PrepareRelease:
                var release = Decode<PrepareReleaseMessage>(payload);
                return DoneAsync(header.Id, _surroundings.Tables.Require(release.Table).PrepareReleaseAsync(RequireWorker(), release));
            case MessageType.SetHeir:
                var heir = Decode<SetHeirMessage>(payload);
                return DoneAsync(header.Id, _surroundings.Tables.Require(heir.Table).SetHeirAsync(RequireWorker(), heir));
            case MessageType.ListWorkers:
                return ListWorkersAsync(header.Id);
            case MessageType.DescribeTable:
                return DescribeAsync(header.Id, Decode<DescribeTableMessage>(payload));
            case MessageType.EndQuarantine:
                return DoneAsync(header.Id, _surroundings.Tables.Require(Decode<EndQuarantineMessage>(payload).Table).EndQuarantineAsync());
            case MessageType.Heartbeat:
                return null; // it has been heard
            case MessageType.OperateTable:
                return OperateAsync(header.Id, Decode<OperateTableMessage>(payload));
            case MessageType.GetStatus:
                Reply(header.Id, _surroundings.Status());
                return null;
            default:
                // A later version's: a request is refused, a notification is none of ours.
                if (header.Id != 0)
                    Reply(header.Id, new RefusedMessage(RefusalCode.UnknownRequest, $"This manager does not know the request {(byte)header.Type}."));
                return null;
        }
    }

    private void Register(RegisterMessage registration)
    {
        if (_worker is not null) throw new ManagerRefusedException($"This connection is registered as '{_worker.Role}' already.");
        Names.RequireValid("role", registration.Role);
        var process = _surroundings.Processes.Watch(_peer.Process, _peer.Pidfd);
        _worker = new WorkerRegistration(process, registration, _outgoing) { Pidfd = _peer.Pidfd, HeartbeatPause = _heartbeatPause };
        var inheritance = _surroundings.Tables.LineUpForHeir();
        _unregister = _surroundings.Workers.Add(_worker);
        _surroundings.Events.Registered(_peer.ProcessId, registration.Role);
        foreach (var owned in registration.Owned) Table(owned.Table)?.Bind(_worker, owned.Epoch);
        _surroundings.Tables.LookAtTablesOf(process);
        inheritance.Begin();
    }

    private async Task ClaimAsync(uint id, ClaimMessage claim)
    {
        var worker = RequireWorker();
        using var visit = _surroundings.Tables.Enter(claim.Table);
        var table = visit.Table;
        Keep(table);
        var waited = TimeSpan.FromMilliseconds(Math.Clamp(claim.WaitedMilliseconds, 0, (long)TimeSpan.FromDays(365).TotalMilliseconds));
        Reply(id, new ClaimedMessage(await table.ClaimAsync(worker, waited).ConfigureAwait(false)));
        await table.LookAsync().ConfigureAwait(false); // so that tables come in the order in which they are asked for
    }

    /// <summary>Keeps a table for the end of the connection, and those before it that have a place yet: a worker may ask for names without end.</summary>
    private void Keep(TableActor claimed)
    {
        if (_claimed.Count >= _mostClaimed)
        {
            _claimed.RemoveWhere(static table => table.IsGivenUp);
            _mostClaimed = Math.Max(LeastTidied, _claimed.Count * 2);
        }
        _claimed.Add(claimed);
    }

    private async Task CreateAsync(uint id, CreateTableMessage request)
    {
        var worker = RequireWorker();
        var definition = TableRequests.ToDefinition(request);
        using var visit = _surroundings.Tables.Enter(request.Table);
        Reply(id, await visit.Table.CreateAsync(definition, request.MustBeNew, worker).ConfigureAwait(false));
    }

    private Task DropAsync(uint id, DropTableMessage request)
    {
        var worker = RequireWorker();
        return DoneAsync(id, _surroundings.Tables.Require(request.Table).DropAsync(worker));
    }

    private Task OperateAsync(uint id, OperateTableMessage wanted)
    {
        Log.Operated(_surroundings.Logger, _peer.ProcessId, wanted.Operation, wanted.Table);
        var tables = _surroundings.Tables;
        return DoneAsync(id, wanted.Operation switch
        {
            TableOperation.Release or TableOperation.Give => tables.Require(wanted.Table).RelinquishAsync(wanted),
            TableOperation.Drop => tables.Require(wanted.Table).DropAsync(worker: null),
            TableOperation.Rename => tables.RenameAsync(worker: null, wanted.Table, wanted.NewName ?? ""),
            _ => throw new ManagerRefusedException($"This manager does not know the operation {(byte)wanted.Operation}."),
        });
    }

    private async Task DescribeAsync(uint id, DescribeTableMessage request) =>
        Reply(id, await _surroundings.Tables.DescribeAsync(request.Table).ConfigureAwait(false));

    private async Task ListAsync(uint id, ListTablesMessage request) =>
        Reply(id, await _surroundings.Tables.ListAsync(request.After).ConfigureAwait(false));

    private async Task ListWorkersAsync(uint id)
    {
        var standings = await _surroundings.Tables.ListStandingsAsync().ConfigureAwait(false);
        Reply(id, new WorkerListMessage([.. _surroundings.Workers.All.Select(worker => worker.Summarize([.. standings[worker]]))]));
    }

    private TableActor? Table(string name) => _surroundings.Tables.Find(name);

    private WorkerRegistration RequireWorker() =>
        _worker ?? throw new ManagerRefusedException("The connection has not registered as a worker.");

    private static T Decode<T>(ReadOnlyMemory<byte> payload) where T : IMessage<T> => MessageCodec.Decode<T>(payload.Span, out _);
}
