namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>
/// The operations of a writer, one after the other: the same in the process that runs them and in the test that checks what a kill left.
/// </summary>
internal sealed class OperationStream(WorkloadMode mode, string domain, uint writer, ulong seed, int rows)
{
    private const int MostInBatch = 24;

    private readonly Randomness _random = new(Randomness.Mix(seed ^ ((ulong)writer << 40)));
    private readonly bool _isCompact = RowKeys.IsCompact(domain);
    private readonly RowKeys _keys = new(domain, rows);
    private readonly RowKeys _shared = new(RowKeys.SharedDomain(RowKeys.IsCompact(domain)), 16);
    private readonly Operation _operation = new() { Writer = writer };

    /// <summary>The number of the operation made last; the first is 1.</summary>
    public long Sequence => _operation.Sequence;

    /// <summary>The next operation; valid until the one after it.</summary>
    public Operation Next()
    {
        _operation.Sequence++;
        _operation.Changes.Clear();
        _operation.IsBatch = false;
        var next = mode is WorkloadMode.Mixed or WorkloadMode.Shared ? (WorkloadMode)_random.Below((int)WorkloadMode.Mixed) : mode;
        if (mode == WorkloadMode.Shared && next == WorkloadMode.Insert)
            next = WorkloadMode.Delete; // many writers for a long time would make too many rows
        if (mode == WorkloadMode.Shared && _random.Below(2) == 0)
            AddShared();
        else
            Add(next);
        return _operation;
    }

    private void Add(WorkloadMode next)
    {
        switch (next)
        {
            case WorkloadMode.Insert:
                Add(_random.Below(2) == 0 ? RowChangeKind.Insert : RowChangeKind.InsertNew, _keys.New(writer, Sequence));
                break;
            case WorkloadMode.Overwrite:
                Add(RowChangeKind.Insert, Any(_keys.Stable));
                break;
            case WorkloadMode.Delete:
                Add((RowChangeKind)_random.Below((int)RowChangeKind.Count), Any(_keys.Changing));
                break;
            case WorkloadMode.Counter:
                Count(_keys);
                break;
            default:
                AddBatch();
                break;
        }
    }

    private void AddBatch()
    {
        _operation.IsBatch = true;
        for (var left = 1 + _random.Below(_random.Below(2) == 0 ? 4 : MostInBatch); left > 0; left--)
        {
            switch (_random.Below(6))
            {
                case 0:
                    Count(_keys);
                    break;
                case 1:
                    Add(RowChangeKind.Delete, Any(_keys.Changing));
                    break;
                case 2:
                    Add(RowChangeKind.Insert, Any(_keys.Stable));
                    break;
                default:
                    Add(RowChangeKind.Insert, Any(_keys.Changing));
                    break;
            }
        }
    }

    private void AddShared()
    {
        _operation.IsBatch = _random.Below(3) == 0;
        for (var left = _operation.IsBatch ? 1 + _random.Below(6) : 1; left > 0; left--)
        {
            if (_random.Below(2) == 0)
                Count(_shared);
            else
                Add(RowChangeKind.Insert, Any(_shared.Stable));
        }
    }

    private void Count(RowKeys keys) =>
        _operation.Changes.Add(new RowChange(RowChangeKind.Count, Any(keys.Counters), 0, 1 + _random.Below(100)));

    private void Add(RowChangeKind kind, byte[] key) => _operation.Changes.Add(new RowChange(kind, key, ValueLength(), 0));

    /// <summary>Small ones are stored in place, and size classes of all sorts are used.</summary>
    private int ValueLength() => _isCompact ? Stamp.Small : _random.Below(100) switch
    {
        < 40 => Stamp.Small,
        < 80 => Stamp.LeastLong + _random.Below(100),
        < 98 => Stamp.LeastLong + _random.Below(1000),
        _ => Stamp.Most - _random.Below(3000),
    };

    private byte[] Any(byte[][] keys) => keys[_random.Below(keys.Length)];
}
