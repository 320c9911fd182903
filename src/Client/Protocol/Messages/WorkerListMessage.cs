namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>The registered workers, those that registered first in front.</summary>
internal sealed record WorkerListMessage(IReadOnlyList<WorkerSummary> Workers) : IMessage<WorkerListMessage>
{
    public static MessageType Type => MessageType.WorkerList;

    public static int FieldCount => 1;

    public void WriteFields(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(Workers.Count);
        foreach (var worker in Workers) worker.Write(ref writer);
    }

    public static WorkerListMessage ReadFields(ref FieldReader reader) => new(reader.ReadList(WorkerSummary.Read));
}
