namespace EtsPersist.Mmf.Native.Tests;

/// <summary>What a table holds when a reader begins, and what a writer does in the middle of the read.</summary>
internal sealed record InterruptedReadScenario(string Name, Action<BucketRows> Before, params Action<BucketRows>[] Meanwhile)
{
    public static IReadOnlyList<InterruptedReadScenario> All { get; } =
    [
        new("an insert into a free lane", rows => rows.Fill(3), rows => rows.Insert(20, "new")),
        new("an insert that moves a row into an overflow bucket", rows => rows.Fill(7), rows => rows.Insert(20, "new")),
        new("an insert that adds a second overflow bucket", rows => rows.Fill(13), rows => rows.Insert(20, "new")),
        new("a replacement", rows => rows.Fill(5), rows => rows.Insert(2, "a longer value that needs another block")),
        new("a replacement in an overflow bucket", rows => rows.Fill(12), rows => rows.Insert(9, "a longer value that needs another block")),
        new("a replacement in place", rows => rows.Fill(5), rows => rows.Insert(2, "w2!")),
        new("a deletion", rows => rows.Fill(5), rows => rows.Delete(2)),
        new("a deletion whose block comes back under another key", rows => rows.Fill(5),
            rows => rows.Delete(2),
            rows => rows.Insert(21, "new")),
        new("a deletion whose block comes back under the same key", rows => rows.Fill(5),
            rows => rows.Delete(2),
            rows => rows.Insert(21, "new"),
            rows => rows.Delete(21),
            rows => rows.Insert(2, "again")),
        new("a split", rows => rows.Fill(6), rows => rows.Table.SplitNext()),
        new("a split of a chain", rows => rows.Fill(24), rows => rows.Table.SplitNext()),
        new("a split and an insert behind it", rows => rows.Fill(7),
            rows => rows.Table.SplitNext(),
            rows => rows.Insert(20, "new"),
            rows => rows.Insert(21, "new"),
            rows => rows.Insert(22, "new"),
            rows => rows.Table.SplitNext()),
        new("a batch", rows => rows.Fill(5), rows => rows.Table.Commit(plan =>
        {
            plan.Insert(rows.Key(1), rows.Bytes("batch"));
            plan.Delete(rows.Key(2));
            plan.Insert(rows.Key(20), rows.Bytes("batch"));
        })),
        new("a batch into a full bucket", rows => rows.Fill(7), rows => rows.Table.Commit(plan =>
        {
            plan.Insert(rows.Key(6), rows.Bytes("batch"));
            plan.Insert(rows.Key(20), rows.Bytes("batch"));
            plan.Insert(rows.Key(21), rows.Bytes("batch"));
        })),
    ];

    public void Run(BucketRows rows)
    {
        foreach (var operation in Meanwhile)
            operation(rows);
    }

    public override string ToString() => Name;
}
