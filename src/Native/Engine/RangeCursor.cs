namespace EtsPersist.Mmf.Native;

/// <summary>
/// How far a scan through a range of keys has come; <c>default</c> is its beginning. It belongs to one scan, with the same bounds and direction from
/// page to page, in one process; a copy goes on from where it was taken. Not thread-safe.
/// </summary>
public struct RangeCursor
{
    private byte[]? _bound;

    /// <summary>Whether the scan has come to its end.</summary>
    public bool IsDone { get; internal set; }

    /// <summary>Forwards: where the leaf begins that is read next, 0 before the first.</summary>
    internal long Leaf { get; set; }

    /// <summary>Backwards: whether the scan has begun, so that <see cref="Bound"/> counts.</summary>
    internal readonly bool HasBound => _bound is not null;

    /// <summary>Backwards: what is left lies below this key.</summary>
    internal readonly ReadOnlySpan<byte> Bound => _bound;

    internal void SetBound(ReadOnlySpan<byte> key) => _bound = key.ToArray(); // a new one, since copies of the cursor may share the old one
}
