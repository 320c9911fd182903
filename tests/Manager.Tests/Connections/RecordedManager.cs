using System.IO.Pipes;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>
/// Says to today's worker what a recorded manager said, each time under the id of the request, and does in the tables' files what it did. Requires that the
/// worker says the same kinds of messages in the same order.
/// </summary>
internal sealed class RecordedManager : IAsyncDisposable
{
    private const int IdPlace = FrameLimits.HeaderBytes + 2; // behind the array's header and the type; both are one byte

    private readonly InstanceDirectory _directory = new(root: RunningManager.NewRoot());
    private readonly Dictionary<byte, byte> _ids = [];
    private NamedPipeServerStream _pipe;
    private FrameReader _reader;
    private TableFile? _file;

    public RecordedManager()
    {
        _directory.Create();
        _pipe = Listen();
        _reader = new FrameReader(_pipe);
    }

    public EtsWorkerOptions WorkerOptions => new()
    {
        Directory = _directory.Root,
        ConnectTimeout = RunningManager.Patience,
        MaximumReconnectDelay = TimeSpan.FromMilliseconds(20),
    };

    /// <summary>How much of the recording has been said, by the one and the other.</summary>
    public int Played { get; private set; }

    public async Task PlayAsync(IEnumerable<RecordedSession.Event> session)
    {
        foreach (var next in session)
        {
            switch (next)
            {
                case RecordedSession.FromWorker expected:
                    await RequireAsync(expected.Frame);
                    break;
                case RecordedSession.FromManager answer:
                    Lead(answer.Payload.Span);
                    await AnswerAsync(answer.Frame);
                    break;
                default:
                    await AcceptAsync();
                    break;
            }
            Played++;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _file?.Dispose();
        await _pipe.DisposeAsync();
        Directory.Delete(_directory.Root, recursive: true);
    }

    private NamedPipeServerStream Listen() => ServerPipe.Create(_directory.PipeName);

    private async Task AcceptAsync()
    {
        if (_pipe.IsConnected)
        {
            await _pipe.DisposeAsync();
            _pipe = Listen();
            _reader = new FrameReader(_pipe);
        }
        await _pipe.WaitForConnectionAsync().WaitAsync(RunningManager.Patience);
    }

    private async Task RequireAsync(byte[] recorded)
    {
        var payload = await _reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(RunningManager.Patience);
        FieldReader.Open(payload!.Value.Span, out var header);
        Assert.Equal((MessageType)recorded[IdPlace - 1], header.Type);
        _ids[recorded[IdPlace]] = checked((byte)header.Id);
    }

    private async Task AnswerAsync(byte[] recorded)
    {
        byte[] frame = [.. recorded];
        if (frame[IdPlace] != 0) frame[IdPlace] = _ids[frame[IdPlace]];
        await _pipe.WriteAsync(frame);
    }

    /// <summary>Changes the table's file as the manager did before it told the worker.</summary>
    private void Lead(ReadOnlySpan<byte> payload)
    {
        FieldReader.Open(payload, out var header);
        if (header.Type == MessageType.TableCreated)
        {
            var location = _directory.Locate(MessageCodec.Decode<TableCreatedMessage>(payload, out _).FileName);
            _file = TableFile.Create(location.Path, location.Name, location.Incarnation, new TableFileOptions());
        }
        else if (header.Type == MessageType.Offer)
        {
            Assert.True(_file!.TryOffer(_file.Ownership, out var offered));
            Assert.Equal(MessageCodec.Decode<OfferMessage>(payload, out _).Epoch, offered.Epoch);
        }
    }
}
