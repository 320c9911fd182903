namespace EtsPersist.Mmf.Native;

/// <summary>One end of a range of keys: none, or an encoded key that belongs to the range or does not. Lives as long as the key's bytes.</summary>
public readonly ref struct KeyBound
{
    private readonly bool _isKey;

    private KeyBound(ReadOnlySpan<byte> key, bool isInclusive)
    {
        Key = key;
        IsInclusive = isInclusive;
        _isKey = true;
    }

    /// <summary>No bound: the range ends where the table does.</summary>
    public static KeyBound None => default;

    /// <summary>The encoded key.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Whether the key itself belongs to the range.</summary>
    public bool IsInclusive { get; }

    /// <summary>Whether there is no bound.</summary>
    public bool IsNone => !_isKey;

    /// <summary>The same key from the other side: what is below this one is not above that one.</summary>
    internal KeyBound Complement => new(Key, !IsInclusive);

    /// <summary>The range ends with this key.</summary>
    public static KeyBound Inclusive(ReadOnlySpan<byte> key) => new(key, isInclusive: true);

    /// <summary>The range ends before this key.</summary>
    public static KeyBound Exclusive(ReadOnlySpan<byte> key) => new(key, isInclusive: false);
}
