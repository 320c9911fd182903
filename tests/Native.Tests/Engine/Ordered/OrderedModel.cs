namespace EtsPersist.Mmf.Native.Tests;

/// <summary>What an ordered table should hold.</summary>
internal sealed class OrderedModel
{
    private readonly SortedDictionary<byte[], byte[]> _rows = new(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));

    public int Count => _rows.Count;

    public byte[]? this[byte[] key]
    {
        get => _rows.GetValueOrDefault(key);
        set => _rows[key] = value!;
    }

    public bool Remove(byte[] key) => _rows.Remove(key);

    /// <summary>The rows of a range in hexadecimal, in the order of their keys or against it.</summary>
    public List<string> Range((byte[] Key, bool IsInclusive)? low, (byte[] Key, bool IsInclusive)? high, bool backward)
    {
        var rows = _rows.Where(row => IsWithin(low, 1, row.Key) && IsWithin(high, -1, row.Key)).Select(row => Show(row.Key, row.Value));
        return backward ? [.. rows.Reverse()] : [.. rows];
    }

    public static string Show(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => $"{Convert.ToHexString(key)}={Convert.ToHexString(value)}";

    private static bool IsWithin((byte[] Key, bool IsInclusive)? bound, int side, byte[] key) =>
        bound is not { } end || key.AsSpan().SequenceCompareTo(end.Key) * side is var place && (place > 0 || (place == 0 && end.IsInclusive));
}
