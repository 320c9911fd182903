namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>Asks how the manager stands.</summary>
internal sealed record GetStatusMessage() : IMessage<GetStatusMessage>
{
    public static MessageType Type => MessageType.GetStatus;

    public static int FieldCount => 0;

    public void WriteFields(ref MessagePackWriter writer)
    {
    }

    public static GetStatusMessage ReadFields(ref FieldReader reader) => new();
}
