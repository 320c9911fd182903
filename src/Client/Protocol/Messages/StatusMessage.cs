namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>How the manager stands.</summary>
/// <param name="UptimeMilliseconds">How long it has been serving.</param>
/// <param name="Deaths">The processes whose death it was told.</param>
/// <param name="Recoveries">The tables that it recovered after a death.</param>
/// <param name="HandOffs">The latest hand-offs, the last one first.</param>
internal sealed record StatusMessage(long UptimeMilliseconds, long Deaths, long Recoveries, IReadOnlyList<HandOffSummary> HandOffs)
    : IMessage<StatusMessage>
{
    public static MessageType Type => MessageType.Status;

    public static int FieldCount => 4;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteInt64(UptimeMilliseconds);
        writer.WriteInt64(Deaths);
        writer.WriteInt64(Recoveries);
        writer.WriteArrayHeader(HandOffs.Count);
        foreach (var handOff in HandOffs) handOff.Write(ref writer);
    }

    public static StatusMessage ReadFields(ref FieldReader reader) =>
        new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadList(HandOffSummary.Read));
}
