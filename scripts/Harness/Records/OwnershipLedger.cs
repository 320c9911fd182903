namespace EtsPersist.Mmf.Harness.Records;

/// <summary>All that the workers recorded outside the table, and the judgement on it.</summary>
/// <remarks>Entries of one process come in order, processes in any.</remarks>
internal sealed class OwnershipLedger
{
    private readonly SortedDictionary<uint, Tenure> _tenures = [];
    private long _secondOwners;

    /// <summary>The latest owner, or null.</summary>
    public Tenure? Latest { get; private set; }

    /// <summary>How many batches were acknowledged.</summary>
    public long Acknowledgements { get; private set; }

    /// <summary>How many times the table went from one owner to the next.</summary>
    public int HandOffs => Math.Max(0, _tenures.Count - 1);

    /// <summary>Takes an entry in.</summary>
    public void Add(JournalEntry entry)
    {
        if (entry.Kind == JournalKind.Owned)
        {
            var tenure = new Tenure(entry);
            if (!_tenures.TryAdd(entry.Epoch, tenure)) _secondOwners++;
            if (Latest is null || entry.Epoch > Latest.Epoch) Latest = tenure;
        }
        if (!_tenures.TryGetValue(entry.Epoch, out var owner)) return;
        if (entry.Kind == JournalKind.Began) owner.Began = entry.Position;
        if (entry.Kind != JournalKind.Acknowledged) return;
        owner.Acknowledged.Add(new Acknowledgement(entry.Position, entry.Nanoseconds));
        if (entry.Sequence > 0 && owner.FirstBatchAt == 0) owner.FirstBatchAt = entry.Nanoseconds;
        Acknowledgements++;
    }

    /// <summary>When an owner of a later epoch than the given one first had a commit acknowledged, or null.</summary>
    public long? FirstCommitAfter(uint epoch)
    {
        var commits = _tenures.Values.Where(tenure => tenure.Epoch > epoch && tenure.Acknowledged.Count > 0);
        return commits.Select(tenure => (long?)tenure.Acknowledged[0].Nanoseconds).Min();
    }

    /// <summary>When the first batch of an owner of a later epoch than the given one was acknowledged, or null.</summary>
    public long? FirstBatchAfter(uint epoch)
    {
        var batches = _tenures.Values.Where(tenure => tenure.Epoch > epoch && tenure.FirstBatchAt > 0);
        return batches.Select(tenure => (long?)tenure.FirstBatchAt).Min();
    }

    /// <summary>Judges the run.</summary>
    /// <param name="finalPosition">The position in the table after all workers have ended.</param>
    public LedgerVerdict Judge(long finalPosition)
    {
        long lost = 0, torn = 0;
        var tenures = _tenures.Values.ToArray();
        for (var index = 0; index < tenures.Length; index++)
        {
            var tenure = tenures[index];
            var next = index + 1 < tenures.Length ? tenures[index + 1].Start : finalPosition;
            if (next < tenure.Known) lost += Math.Max(1, tenure.Acknowledged.Count(acknowledged => acknowledged.Position > next));
            else if (next > tenure.Known && next != tenure.Began) torn++;
        }
        return new LedgerVerdict(lost, torn, _secondOwners + CommitsAfterTheirTime(tenures));
    }

    private static long CommitsAfterTheirTime(Tenure[] tenures)
    {
        var late = 0L;
        var nextOwner = long.MaxValue;
        foreach (var tenure in tenures.Reverse())
        {
            late += tenure.Acknowledged.Count(acknowledged => acknowledged.Nanoseconds > nextOwner);
            nextOwner = Math.Min(nextOwner, tenure.OwnedAt);
        }
        return late;
    }
}
