namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>Asks for the registered workers.</summary>
internal sealed record ListWorkersMessage() : IMessage<ListWorkersMessage>
{
    public static MessageType Type => MessageType.ListWorkers;

    public static int FieldCount => 0;

    public void WriteFields(ref MessagePackWriter writer)
    {
    }

    public static ListWorkersMessage ReadFields(ref FieldReader reader) => new();
}
