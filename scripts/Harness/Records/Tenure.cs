namespace EtsPersist.Mmf.Harness.Records;

/// <summary>What one owner did with the table, from its arrival to the owner's end.</summary>
internal sealed class Tenure(JournalEntry owned)
{
    /// <summary>The ownership count.</summary>
    public uint Epoch { get; } = owned.Epoch;

    /// <summary>The owner.</summary>
    public int ProcessId { get; } = owned.ProcessId;

    /// <summary>When the table arrived.</summary>
    public long OwnedAt { get; } = owned.Nanoseconds;

    /// <summary>The position that the table held on arrival.</summary>
    public long Start { get; } = owned.Position;

    /// <summary>The batches acknowledged, in order.</summary>
    public List<Acknowledgement> Acknowledged { get; } = [];

    /// <summary>When the first batch was acknowledged: behind the row written on arrival, where the worker writes one. 0 before.</summary>
    public long FirstBatchAt { get; set; }

    /// <summary>The position of the batch begun last, or −1.</summary>
    public long Began { get; set; } = -1;

    /// <summary>The position up to which the work is known to be done.</summary>
    public long Known => Acknowledged.Count > 0 ? Acknowledged[^1].Position : Start;
}
