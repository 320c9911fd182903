using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>
/// Sends what a recorded worker sent, does in the tables' files what it did, and requires of today's manager what its own answered: what differs
/// from run to run aside, and in any order where nothing was sent in between.
/// </summary>
internal sealed class RecordedWorker(RunningManager manager) : IAsyncDisposable
{
    private readonly Dictionary<string, TableFile> _files = [];
    private readonly List<string> _unexpected = [];
    private RawClient? _client;

    public async Task PlayAsync(IEnumerable<RecordedSession.Event> session)
    {
        foreach (var next in session)
        {
            switch (next)
            {
                case RecordedSession.FromWorker sent:
                    Follow(sent.Frame.AsSpan(FrameLimits.HeaderBytes));
                    await _client!.SendAsync(sent.Frame);
                    break;
                case RecordedSession.FromManager answered:
                    await RequireAsync(Describe(answered.Payload.Span));
                    break;
                default:
                    if (_client is not null) await _client.DisposeAsync();
                    _client = await RawClient.ConnectAsync(manager);
                    break;
            }
        }
        Assert.Empty(_unexpected);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values) file.Dispose();
        if (_client is not null) await _client.DisposeAsync();
    }

    /// <summary>Changes the table's file as the worker did before it told the manager.</summary>
    private void Follow(ReadOnlySpan<byte> payload)
    {
        FieldReader.Open(payload, out var header);
        if (header.Type == MessageType.Accepted)
        {
            var accepted = MessageCodec.Decode<AcceptedMessage>(payload, out _);
            if (!_files.ContainsKey(accepted.Table)) _files[accepted.Table] = manager.Directory.OpenTable(accepted.Table, writable: true);
            Assert.True(_files[accepted.Table].TryAccept(accepted.Epoch));
        }
        else if (header.Type == MessageType.Released)
        {
            var released = MessageCodec.Decode<ReleasedMessage>(payload, out _);
            if (!_files[released.Table].IsDropped) Assert.True(_files[released.Table].TryRelease(released.Epoch));
        }
    }

    private async Task RequireAsync(string expected)
    {
        while (!_unexpected.Remove(expected))
        {
            var payload = await _client!.ReadAsync();
            if (payload is null) Assert.Fail($"The connection ended before '{expected}' came, behind: {string.Join("; ", _unexpected)}");
            _unexpected.Add(Describe(payload));
        }
    }

    /// <summary>What the worker goes by in a message of the manager: no process ids, no names of files, no text for people.</summary>
    private static string Describe(ReadOnlySpan<byte> payload)
    {
        FieldReader.Open(payload, out var header);
        return $"{header.Type} {header.Id}: " + header.Type switch
        {
            MessageType.Welcome => Describe(MessageCodec.Decode<WelcomeMessage>(payload, out _)),
            MessageType.Refused => $"{MessageCodec.Decode<RefusedMessage>(payload, out _).Code}",
            MessageType.TableCreated => $"new {MessageCodec.Decode<TableCreatedMessage>(payload, out _).IsNew}",
            MessageType.Claimed => $"file {MessageCodec.Decode<ClaimedMessage>(payload, out _).FileName?.Split('.')[0] ?? "none"}",
            MessageType.Offer => Describe(MessageCodec.Decode<OfferMessage>(payload, out _)),
            _ => "",
        };
    }

    private static string Describe(WelcomeMessage welcome) => $"version {welcome.Version}, instance {welcome.Instance}";

    private static string Describe(OfferMessage offer) =>
        $"{offer.Table}, epoch {offer.Epoch}, {offer.Reason}, from {(offer.FromProcessId == 0 ? "nobody" : offer.FromRole)}, "
        + $"gift {Convert.ToHexString(offer.GiftData.Span)}";
}
