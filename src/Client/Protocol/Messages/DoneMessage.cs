namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A request was carried out and there is no more to say.</summary>
internal sealed record DoneMessage() : IMessage<DoneMessage>
{
    public static MessageType Type => MessageType.Done;

    public static int FieldCount => 0;

    public void WriteFields(ref MessagePackWriter writer)
    {
    }

    public static DoneMessage ReadFields(ref FieldReader reader) => new();
}
