namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A worker waits for a table, which need not exist yet.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="WaitedMilliseconds">How long it has waited already, so that a new manager restores the order.</param>
internal sealed record ClaimMessage(string Table, long WaitedMilliseconds) : IMessage<ClaimMessage>
{
    public static MessageType Type => MessageType.Claim;

    public static int FieldCount => 2;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteInt64(WaitedMilliseconds);
    }

    public static ClaimMessage ReadFields(ref FieldReader reader) => new(reader.ReadText(FrameLimits.MaximumNameCharacters), reader.ReadInt64());
}
