namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A client becomes a worker. Who it is, the manager asks the kernel.</summary>
/// <param name="Role">The role it works under.</param>
/// <param name="Priority">Its rank for rules that look at it.</param>
/// <param name="Owned">The tables that it owns already, when it comes back to a manager.</param>
internal sealed record RegisterMessage(string Role, int Priority, IReadOnlyList<OwnedTable> Owned) : IMessage<RegisterMessage>
{
    public static MessageType Type => MessageType.Register;

    public static int FieldCount => 4;

    /// <summary>A number that the worker has drawn and keeps over its connections; 0 from a worker of version 1.</summary>
    public ulong WorkerId { get; init; }

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteString(Role);
        writer.WriteInt64(Priority);
        writer.WriteArrayHeader(Owned.Count);
        foreach (var owned in Owned)
        {
            writer.WriteArrayHeader(2);
            writer.WriteString(owned.Table);
            writer.WriteUInt64(owned.Epoch);
        }
        writer.WriteUInt64(WorkerId);
    }

    public static RegisterMessage ReadFields(ref FieldReader reader) => new(
        reader.ReadText(FrameLimits.MaximumNameCharacters),
        reader.ReadInt32(),
        reader.ReadList(static (ref FieldReader element) => new OwnedTable(element.ReadText(FrameLimits.MaximumNameCharacters), element.ReadUInt32())))
    {
        WorkerId = reader.HasMore ? reader.ReadUInt64() : 0,
    };
}
