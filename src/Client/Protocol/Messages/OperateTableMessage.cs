namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>
/// An operator, who is no worker, wants something done with a table. Release and Give are answered when the owner has been told; whether it has
/// followed, the table's file shows.
/// </summary>
/// <param name="Table">The table's name.</param>
/// <param name="Operation">What is to be done.</param>
/// <param name="ProcessId">Give: the successor's process; 0 where the worker's id says all.</param>
/// <param name="WorkerId">Give: the successor's worker id; 0 for any worker of the process.</param>
/// <param name="NewName">Rename: the name that it is to have, else null.</param>
internal sealed record OperateTableMessage(string Table, TableOperation Operation, int ProcessId = 0, ulong WorkerId = 0, string? NewName = null)
    : IMessage<OperateTableMessage>
{
    public static MessageType Type => MessageType.OperateTable;

    public static int FieldCount => 5;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Table);
        writer.WriteUInt64((byte)Operation);
        writer.WriteInt64(ProcessId);
        writer.WriteUInt64(WorkerId);
        writer.WriteString(NewName);
    }

    public static OperateTableMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        (TableOperation)reader.ReadByte(),
        reader.ReadInt32(),
        reader.ReadUInt64(),
        reader.ReadOptionalText(FrameLimits.MaximumNameCharacters));
}
