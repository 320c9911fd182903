namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker says that it is not stopped. Nobody is taken for dead for want of it.</summary>
internal sealed record HeartbeatMessage() : IMessage<HeartbeatMessage>
{
    public static MessageType Type => MessageType.Heartbeat;

    public static int FieldCount => 0;

    public void WriteFields(ref MessagePackWriter writer)
    {
    }

    public static HeartbeatMessage ReadFields(ref FieldReader reader) => new();
}
