namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>An operator wants an owner to let its table go: to the worker that is named, else to whoever is next.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Epoch">The epoch that it is owned under.</param>
/// <param name="ProcessId">The successor's process; 0 where nobody is named, or the worker's id says all.</param>
/// <param name="WorkerId">The successor's worker id; 0 for any worker of the process.</param>
internal sealed record RelinquishMessage(string Table, uint Epoch, int ProcessId, ulong WorkerId) : IMessage<RelinquishMessage>
{
    public static MessageType Type => MessageType.Relinquish;

    public static int FieldCount => 4;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64(Epoch);
        writer.WriteInt64(ProcessId);
        writer.WriteUInt64(WorkerId);
    }

    public static RelinquishMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadUInt32(),
        reader.ReadInt32(),
        reader.ReadUInt64());
}
