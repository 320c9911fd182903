using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>One call on a table: a change of a row, or a batch of them. Reused by its stream.</summary>
internal sealed class Operation
{
    private static readonly CounterFormat Counter = new(sizeof(long), IsSigned: true);

    private readonly BatchPlan _plan = new();
    private readonly byte[] _value = new byte[Stamp.Most];
    private readonly byte[] _taken = new byte[Stamp.Most];

    /// <summary>Whose operation it is.</summary>
    public uint Writer { get; init; }

    /// <summary>Its number among its writer's.</summary>
    public long Sequence { get; set; }

    /// <summary>The changes: one, or those of a batch in their order.</summary>
    public List<RowChange> Changes { get; } = [];

    /// <summary>Whether the changes are made by one batch.</summary>
    public bool IsBatch { get; set; }

    /// <summary>What the row of a change that stores something holds afterwards.</summary>
    public RowState StateAfter(RowChange change) => RowState.WrittenBy(Writer, Sequence, change.ValueLength);

    /// <summary>The value that a change stores; valid until the next call.</summary>
    public ReadOnlySpan<byte> ValueOf(RowChange change)
    {
        var value = _value.AsSpan(0, change.ValueLength);
        Stamp.Write(value, Writer, Sequence);
        return value;
    }

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
        var what = change.Kind == RowChangeKind.Count ? $"+ {change.Increment}" : $"({change.ValueLength} bytes)";
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
                    _plan.Insert(change.Key, ValueOf(change));
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
                table.Insert(change.Key, ValueOf(change));
                break;
            case RowChangeKind.InsertNew:
                table.InsertNew(change.Key, ValueOf(change));
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
