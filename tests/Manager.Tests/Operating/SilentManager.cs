using System.IO.Pipes;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Operating;

/// <summary>What a stopped manager looks like from outside: it takes connections, and says nothing unless it is told to.</summary>
internal sealed class SilentManager : IDisposable
{
    private readonly NamedPipeServerStream _pipe;
    private FrameReader _reader;

    /// <param name="directory">The instance of another manager, which has ended; null for one of its own.</param>
    public SilentManager(InstanceDirectory? directory = null)
    {
        Directory = directory ?? new(root: RunningManager.NewRoot());
        Directory.Create();
        _pipe = ServerPipe.Create(Directory.PipeName);
        _reader = new FrameReader(_pipe);
    }

    public InstanceDirectory Directory { get; }

    /// <summary>Listens to what the next client says first, and says nothing. One that goes having said nothing comes again.</summary>
    public async Task ListenAsync()
    {
        await _pipe.WaitForConnectionAsync().WaitAsync(RunningManager.Patience);
        while (await HearAsync(MessageType.Hello) is null)
        {
            _pipe.Disconnect();
            await _pipe.WaitForConnectionAsync().WaitAsync(RunningManager.Patience);
            _reader = new FrameReader(_pipe);
        }
    }

    /// <summary>Listens until the client has said something, and says nothing.</summary>
    public async Task ListenForAsync(MessageType type) => Assert.NotNull(await HearAsync(type));

    /// <summary>Registers the worker that was welcomed.</summary>
    public async Task RegisterAsync()
    {
        var registration = await HearAsync(MessageType.Register);
        await _pipe.WriteAsync(MessageCodec.Encode(registration!.Value.Id, new DoneMessage()));
    }

    /// <summary>Welcomes the next client, which may have given up meanwhile.</summary>
    public async Task WelcomeAsync()
    {
        await ListenAsync();
        try
        {
            await _pipe.WriteAsync(MessageCodec.Encode(1, new WelcomeMessage(ProtocolVersion.Maximum, Directory.Instance, 1, Environment.ProcessId, "1.0.0.0")));
        }
        catch (IOException)
        {
            // It has gone: who goes on with it is told so.
        }
    }

    public void Dispose()
    {
        _pipe.Dispose();
        System.IO.Directory.Delete(Directory.Root, recursive: true);
    }

    private async Task<MessageHeader?> HearAsync(MessageType type)
    {
        while (await _reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(RunningManager.Patience) is { } payload)
        {
            FieldReader.Open(payload.Span, out var header);
            if (header.Type == type) return header;
        }
        return null;
    }
}
