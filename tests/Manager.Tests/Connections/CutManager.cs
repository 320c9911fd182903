using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

/// <summary>Serves one worker like a manager until that one asks for a table, makes the table, and is gone before it says so.</summary>
internal static class CutManager
{
    public static async Task ServeAsync(InstanceDirectory directory)
    {
        await using var pipe = ServerPipe.Create(directory.PipeName);
        await pipe.WaitForConnectionAsync().WaitAsync(RunningManager.Patience);
        var reader = new FrameReader(pipe);
        while (true)
        {
            var payload = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(RunningManager.Patience);
            Assert.NotNull(payload);
            var frame = payload.Value.ToArray();
            FieldReader.Open(frame, out var header);
            switch (header.Type)
            {
                case MessageType.Hello:
                    var welcome = new WelcomeMessage(ProtocolVersion.Maximum, directory.Instance, 1, Environment.ProcessId, "0");
                    await pipe.WriteAsync(MessageCodec.Encode(header.Id, welcome));
                    break;
                case MessageType.Register:
                    await pipe.WriteAsync(MessageCodec.Encode(header.Id, new DoneMessage()));
                    break;
                case MessageType.Claim:
                    await pipe.WriteAsync(MessageCodec.Encode(header.Id, new ClaimedMessage(null)));
                    break;
                case MessageType.CreateTable:
                    var definition = TableRequests.ToDefinition(MessageCodec.Decode<CreateTableMessage>(frame, out _));
                    new TableStore(directory, NullLogger.Instance).Create(definition).File.Dispose();
                    return;
            }
        }
    }
}
