using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>Which encoded keys a scan is about. Immutable.</summary>
internal sealed class KeyRange
{
    private readonly byte[]? _low;
    private readonly byte[]? _high;
    private readonly bool _isLowInclusive;
    private readonly bool _isHighInclusive;

    private KeyRange(byte[]? low, bool isLowInclusive, byte[]? high, bool isHighInclusive)
    {
        _low = low;
        _high = high;
        _isLowInclusive = isLowInclusive;
        _isHighInclusive = isHighInclusive;
    }

    /// <summary>All keys.</summary>
    public static KeyRange All { get; } = new(null, false, null, false);

    /// <summary>Where it begins.</summary>
    public KeyBound Low => Bound(_low, _isLowInclusive);

    /// <summary>Where it ends.</summary>
    public KeyBound High => Bound(_high, _isHighInclusive);

    /// <summary>Whether it is one key.</summary>
    public bool IsPoint => _low is not null && _high is not null && _isLowInclusive && _isHighInclusive && _low.AsSpan().SequenceEqual(_high);

    /// <summary>Whether no key lies in it.</summary>
    public bool IsEmpty => _low is not null && _high is not null && _low.AsSpan().SequenceCompareTo(_high) is var order
        && (order > 0 || (order == 0 && !(_isLowInclusive && _isHighInclusive)));

    /// <summary>One key.</summary>
    public static KeyRange Point(byte[] key) => new(key, true, key, true);

    /// <summary>The keys above one, or from it on.</summary>
    public static KeyRange From(byte[] key, bool inclusive) => new(key, inclusive, null, false);

    /// <summary>The keys below one, or up to it.</summary>
    public static KeyRange To(byte[] key, bool inclusive) => new(null, false, key, inclusive);

    /// <summary>The keys that lie in both.</summary>
    public KeyRange Intersect(KeyRange other)
    {
        var takesLow = other._low is not null && (_low is null || IsTighter(other._low.AsSpan().SequenceCompareTo(_low), other._isLowInclusive));
        var takesHigh = other._high is not null && (_high is null || IsTighter(_high.AsSpan().SequenceCompareTo(other._high), other._isHighInclusive));
        return new KeyRange(
            takesLow ? other._low : _low,
            takesLow ? other._isLowInclusive : _isLowInclusive,
            takesHigh ? other._high : _high,
            takesHigh ? other._isHighInclusive : _isHighInclusive);
    }

    private static bool IsTighter(int order, bool isInclusive) => order > 0 || (order == 0 && !isInclusive);

    private static KeyBound Bound(byte[]? key, bool isInclusive) =>
        key is null ? KeyBound.None : isInclusive ? KeyBound.Inclusive(key) : KeyBound.Exclusive(key);
}
