using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf.Native.Engine.Batches;

/// <summary>
/// The operations of a batch in private memory, encoded. Several on one key take effect in the order in which they were added.
/// Not thread-safe; its buffers are kept when it is cleared.
/// </summary>
public sealed class BatchPlan
{
    private const int DefaultMaximumBytes = 1 << 30;
    private const int KeptBytes = 1 << 20;
    private const int KeptItems = 1 << 14;

    private readonly List<BatchItem> _items = [];
    private byte[] _bytes = new byte[1024];
    private BatchItem[] _sorted = [];
    private Comparison<BatchItem>? _compare;
    private int _used;

    /// <summary>How many operations have been added.</summary>
    public int Count => _items.Count;

    /// <summary>How the counters of the table lie in their values.</summary>
    public CounterFormat Counters { get; init; } = new(sizeof(long), IsSigned: true);

    /// <summary>Whether its buffers are so large that they should not be kept for the next batch.</summary>
    internal bool IsLarge => _bytes.Length > KeptBytes || _items.Capacity > KeptItems;

    /// <summary>How many bytes the keys and values of a batch may take together.</summary>
    internal int MaximumBytes { get; init; } = DefaultMaximumBytes;

    /// <summary>Whether some operations depend on the value that is there.</summary>
    internal bool HasObjects { get; private set; }

    /// <summary>Forgets all operations.</summary>
    public void Clear()
    {
        HasObjects = false;
        _items.Clear();
        _used = 0;
    }

    /// <summary>Adds: store this value under this key; in a bag, beside the values that are there.</summary>
    /// <exception cref="BatchTooLargeException">The batch would take more than 1 GiB; it stays as it is.</exception>
    public void Insert(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Limits.Require(key.Length, value.Length);
        Add(new BatchItem { Kind = BatchItemKind.Insert }, key, value);
    }

    /// <summary>Adds the insertions of another plan, in their order.</summary>
    /// <exception cref="ArgumentException">It has other operations.</exception>
    /// <exception cref="BatchTooLargeException">The batch would take more than 1 GiB.</exception>
    internal void InsertAll(BatchPlan other)
    {
        foreach (var item in other._items)
        {
            if (item.Kind != BatchItemKind.Insert)
                throw new ArgumentException($"Operation {item.Order} of the plan is {item.Kind}; only insertions can be rows.", nameof(other));
            Insert(other.Key(item), other.Value(item));
        }
    }

    /// <summary>Adds: remove the row of this key, if there is one; of a bag, all its rows.</summary>
    public void Delete(ReadOnlySpan<byte> key)
    {
        Limits.Require(key.Length, 0);
        Add(new BatchItem { Kind = BatchItemKind.Delete }, key, default);
    }

    /// <summary>Adds: add to the counter under this key; a missing one begins at <paramref name="initial"/>, or fails the batch if that is null.</summary>
    public void UpdateCounter(ReadOnlySpan<byte> key, long increment, long? initial)
    {
        Limits.Require(key.Length, 0);
        var item = new BatchItem
        {
            Kind = BatchItemKind.UpdateCounter,
            Increment = increment,
            Initial = initial.GetValueOrDefault(),
            HasInitial = initial.HasValue,
        };
        Add(item, key, default);
    }

    /// <summary>Adds: remove all rows of this key that have exactly this value. Only bags take it; of other tables delete objects one by one.</summary>
    public void DeleteObject(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Limits.Require(key.Length, value.Length);
        HasObjects = true;
        Add(new BatchItem { Kind = BatchItemKind.DeleteObject }, key, value);
    }

    /// <summary>
    /// Adds: do nothing at all unless the row of this key has this value when the batch is committed. An operation on the key goes with it, which keeps
    /// others from it until then.
    /// </summary>
    internal void Require(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Add(new BatchItem { Kind = BatchItemKind.Require }, key, value);

    /// <summary>Adds: do nothing at all if there is a row of this key.</summary>
    internal void RequireMissing(ReadOnlySpan<byte> key) => Add(new BatchItem { Kind = BatchItemKind.RequireMissing }, key, default);

    internal ReadOnlySpan<byte> Key(scoped in BatchItem item) => _bytes.AsSpan(item.KeyStart, item.KeyBytes);

    internal ReadOnlySpan<byte> Value(scoped in BatchItem item) => _bytes.AsSpan(item.ValueStart, item.ValueBytes);

    /// <summary>The items in the order of hash, key and addition: the order in which all batches place theirs, so that no two wait for each other.</summary>
    internal ReadOnlySpan<BatchItem> SortedByHash(ulong seed0, ulong seed1)
    {
        foreach (ref var item in CopyToSort())
            item.Hash = KeyHash.Of(Key(item), seed0, seed1);
        return Sort();
    }

    /// <summary>The same for an ordered table: in the order of key and addition, so that neighbours follow each other.</summary>
    internal ReadOnlySpan<BatchItem> SortedByKey()
    {
        CopyToSort();
        return Sort();
    }

    /// <summary>The value of the operation that was added as the so manieth.</summary>
    internal ReadOnlySpan<byte> ValueAt(int index) => Value(_items[index]);

    internal bool SameKey(in BatchItem left, in BatchItem right) => left.Hash == right.Hash && Key(left).SequenceEqual(Key(right));

    /// <summary>The items in an array that is kept, so that a plan which is used again allocates nothing.</summary>
    private Span<BatchItem> CopyToSort()
    {
        if (_sorted.Length < _items.Count)
            _sorted = new BatchItem[_items.Capacity];
        _items.CopyTo(_sorted);
        return _sorted.AsSpan(0, _items.Count);
    }

    private Span<BatchItem> Sort()
    {
        var sorted = _sorted.AsSpan(0, _items.Count);
        if (sorted.Length > 1)
            sorted.Sort(_compare ??= Compare);
        return sorted;
    }

    private int Compare(BatchItem left, BatchItem right)
    {
        var byHash = left.Hash.CompareTo(right.Hash);
        if (byHash != 0)
            return byHash;
        var byKey = Key(left).SequenceCompareTo(Key(right));
        return byKey != 0 ? byKey : left.Order.CompareTo(right.Order);
    }

    private void Add(BatchItem item, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if ((long)_used + key.Length + value.Length > MaximumBytes)
            throw new BatchTooLargeException(
                $"The batch has {_items.Count} operations of {_used} bytes; with {key.Length + value.Length} more it would pass the {MaximumBytes} that a batch may take. Commit it and put the rest into another batch.");
        item.Order = _items.Count;
        item.KeyBytes = key.Length;
        item.ValueBytes = value.Length;
        item.KeyStart = Append(key);
        item.ValueStart = Append(value);
        _items.Add(item);
    }

    private int Append(ReadOnlySpan<byte> bytes)
    {
        var start = _used;
        if (start + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, start + bytes.Length), DefaultMaximumBytes));
        bytes.CopyTo(_bytes.AsSpan(start));
        _used = start + bytes.Length;
        return start;
    }
}
