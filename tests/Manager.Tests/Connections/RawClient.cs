using System.IO.Pipes;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>A client that sends whatever the test wants.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly NamedPipeClientStream _pipe;
    private readonly FrameReader _reader;

    private RawClient(NamedPipeClientStream pipe)
    {
        _pipe = pipe;
        _reader = new FrameReader(pipe);
    }

    public static Task<RawClient> ConnectAsync(RunningManager manager) => ConnectAsync(manager.Directory);

    public static Task<RawClient> ConnectAsync(InstanceDirectory directory) => ConnectAsync(directory.PipeName);

    public static async Task<RawClient> ConnectAsync(string pipeName)
    {
        var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        await pipe.ConnectAsync(RunningManager.Patience, CancellationToken.None);
        return new RawClient(pipe);
    }

    public Task SendAsync<T>(uint id, T message) where T : IMessage<T> => SendAsync(MessageCodec.Encode(id, message));

    /// <summary>Sends bytes; a manager that has dropped the connection meanwhile is no error.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            await _pipe.WriteAsync(bytes);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>The next frame's payload, or null when the manager has closed the connection.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        try
        {
            return (await _reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(RunningManager.Patience))?.ToArray();
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task<T> ReadAsync<T>() where T : IMessage<T> => MessageCodec.Decode<T>((await ReadAsync())!, out _);

    /// <summary>The next message of a type: an offer may come before or behind an answer.</summary>
    public async Task<T> ReadUntilAsync<T>() where T : IMessage<T>
    {
        while (true)
        {
            var payload = await ReadAsync();
            Assert.NotNull(payload);
            FieldReader.Open(payload, out var header);
            if (header.Type == T.Type) return MessageCodec.Decode<T>(payload, out _);
        }
    }

    public async Task GreetAsync()
    {
        await SendAsync(1, new HelloMessage(ProtocolVersion.Minimum, ProtocolVersion.Maximum, "test", "0"));
        await ReadAsync<WelcomeMessage>();
    }

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();
}
