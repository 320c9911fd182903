using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>One call on a table: a change of a row, or a batch of them. Reused by its stream.</summary>
internal sealed class Operation
{
    private static readonly CounterFormat Counter = new(sizeof(long), IsSigned: true);

    private readonly BatchPlan _plan = new();
    private readonly byte[] _taken = new byte[Stamp.Most];

    /// <summary>The changes: one, or those of a batch in their order.</summary>
    public List<RowChange> Changes { get; } = [];

    /// <summary>Whether the changes are made by one batch.</summary>
    public bool IsBatch { get; set; }

    public void Apply(TableFile table)
    {
        if (IsBatch)
            ApplyBatch(table);
        else
            Apply(table, Changes[0]);
    }

    public override string ToString() => (IsBatch ? "batch " : "") + string.Join(", ", Changes.Select(Describe));

    private static string Describe(RowChange change)
    {
        var what = change.Kind == RowChangeKind.Count ? $"+ {change.Increment}" : $"({change.Value.Length} bytes)";
        return $"{change.Kind} {RowKeys.Describe(change.Key)} {what}";
    }

    private void ApplyBatch(TableFile table)
    {
        _plan.Clear();
        foreach (var change in Changes)
        {
            switch (change.Kind)
            {
                case RowChangeKind.Insert:
                    _plan.Insert(change.Key, change.Value.Span);
                    break;
                case RowChangeKind.Delete:
                    _plan.Delete(change.Key);
                    break;
                case RowChangeKind.Count:
                    _plan.UpdateCounter(change.Key, change.Increment, 0);
                    break;
                default:
                    throw new InvalidOperationException($"A batch has no {change.Kind}.");
            }
        }
        table.Commit(_plan);
    }

    private void Apply(TableFile table, RowChange change)
    {
        switch (change.Kind)
        {
            case RowChangeKind.Insert:
                table.Insert(change.Key, change.Value.Span);
                break;
            case RowChangeKind.InsertNew:
                table.InsertNew(change.Key, change.Value.Span);
                break;
            case RowChangeKind.Delete:
                table.Delete(change.Key);
                break;
            case RowChangeKind.Take:
                table.Take(change.Key, _taken, out _);
                break;
            default:
                table.UpdateCounter(change.Key, change.Increment, 0, Counter);
                break;
        }
    }
}
