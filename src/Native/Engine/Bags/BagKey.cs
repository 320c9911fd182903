using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>The keys in a bag's tree that belong to one key of the user: that of its head, and behind it those of its rows.</summary>
/// <remarks>
/// <code>
/// 0              4                 8             10          10 + length
/// | hash of key  | 0               | length      | key       |                         head
/// | hash of key  | hash of object  | length      | key       | sequence number (8)     row
/// </code>
/// All numbers are big-endian, so that rows of equal objects lie together, the older first. Of the hashes it is the upper half; that of an object is at
/// least 1. The first 8 bytes, which nodes hold beside the references, decide nearly every comparison, also among the rows of one key. Rows of keys with
/// the same hash lie among each other, so whoever goes through rows compares keys.
/// </remarks>
internal readonly unsafe ref struct BagKey
{
    /// <summary>How many bytes a key in the tree has more than the user's.</summary>
    public const int Overhead = HeadOverhead + sizeof(ulong);

    /// <summary>The longest key that a bag can have.</summary>
    public const int MaximumBytes = TableGeometry.MaximumKeyBytes - Overhead;

    /// <summary>The size of a buffer in which most keys find room.</summary>
    public const int ShortBuffer = 3 * (ShortKey + Overhead);

    private const int ShortKey = 64;
    private const int ObjectAt = 4;
    private const int LengthAt = 8;
    private const int KeyAt = 10;
    private const int HeadOverhead = KeyAt;

    private readonly Span<byte> _head;
    private readonly Span<byte> _low;
    private readonly Span<byte> _high;

    /// <summary>Writes the keys into a buffer, or, where it is too small, into an array.</summary>
    /// <exception cref="KeyTooLargeException">The key is longer than <see cref="MaximumBytes"/>.</exception>
    public BagKey(TableSpace space, ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        if (key.Length > MaximumBytes)
            throw new KeyTooLargeException($"The key takes {key.Length} bytes; a bag's keys may take {MaximumBytes}. Use a shorter key, or its digest.");
        var row = key.Length + Overhead;
        if (buffer.Length < 3 * row)
            buffer = new byte[3 * row];
        _head = buffer[..(key.Length + HeadOverhead)];
        _low = buffer.Slice(row, row);
        _high = buffer.Slice(2 * row, row);
        BinaryPrimitives.WriteUInt32BigEndian(_head, Half(KeyHash.Of(key, space.Header->HashSeed0, space.Header->HashSeed1)));
        BinaryPrimitives.WriteUInt32BigEndian(_head[ObjectAt..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(_head[LengthAt..], (ushort)key.Length);
        key.CopyTo(_head[KeyAt..]);
        _head.CopyTo(_low);
        _head.CopyTo(_high);
    }

    public ReadOnlySpan<byte> Head => _head;

    /// <summary>The user's key.</summary>
    public ReadOnlySpan<byte> Key => _head[KeyAt..];

    /// <summary>Not above any row of the key; valid until the next use of this, as all bounds are.</summary>
    public KeyBound RowsBegin => KeyBound.Inclusive(Write(_low, 1, 0));

    /// <summary>Not below any row of the key.</summary>
    public KeyBound RowsEnd => KeyBound.Inclusive(Write(_high, uint.MaxValue, ulong.MaxValue));

    /// <summary>The key of one row; valid until the next use of this.</summary>
    public ReadOnlySpan<byte> Row(ulong hash, ulong sequence) => Write(_low, ObjectHalf(hash), sequence);

    /// <summary>Where the rows of objects of this hash begin.</summary>
    public KeyBound RowsOf(ulong hash) => KeyBound.Inclusive(Write(_low, ObjectHalf(hash), 0));

    /// <summary>Where they end.</summary>
    public KeyBound RowsOfEnd(ulong hash) => KeyBound.Inclusive(Write(_high, ObjectHalf(hash), ulong.MaxValue));

    /// <summary>Whether a key of the tree is that of a head.</summary>
    public static bool IsHead(ReadOnlySpan<byte> treeKey) => treeKey.Length >= HeadOverhead
        && treeKey.Length == HeadOverhead + LengthOf(treeKey)
        && ObjectHashOf(treeKey) == 0;

    /// <summary>Whether a key of the tree is that of a row.</summary>
    public static bool IsRow(ReadOnlySpan<byte> treeKey) => treeKey.Length >= Overhead
        && treeKey.Length == Overhead + LengthOf(treeKey)
        && ObjectHashOf(treeKey) != 0;

    /// <summary>The user's key in the key of a head or a row.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> treeKey) => treeKey.Slice(KeyAt, LengthOf(treeKey));

    /// <summary>The half of the key's hash in the key of a head or a row.</summary>
    public static uint KeyHashOf(ReadOnlySpan<byte> treeKey) => BinaryPrimitives.ReadUInt32BigEndian(treeKey);

    /// <summary>The half of the object's hash in the key of a row.</summary>
    public static uint ObjectHashOf(ReadOnlySpan<byte> treeKey) => BinaryPrimitives.ReadUInt32BigEndian(treeKey[ObjectAt..]);

    /// <summary>The sequence number in the key of a row.</summary>
    public static ulong SequenceOf(ReadOnlySpan<byte> rowKey) => BinaryPrimitives.ReadUInt64BigEndian(rowKey[^sizeof(ulong)..]);

    /// <summary>What keys of the tree have of a hash of a key.</summary>
    public static uint Half(ulong hash) => (uint)(hash >> 32);

    /// <summary>What keys of the tree have of a hash of an object.</summary>
    public static uint ObjectHalf(ulong hash) => Math.Max(Half(hash), 1);

    /// <summary>A bound between the heads of all keys of a hash and their rows. Needs 8 bytes.</summary>
    public static KeyBound BetweenHeadsAndRows(uint keyHash, Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer, keyHash);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[ObjectAt..], 1);
        return KeyBound.Exclusive(buffer[..LengthAt]);
    }

    /// <summary>A bound behind all rows of the keys of a hash. Needs 10 bytes.</summary>
    public static KeyBound BehindRows(uint keyHash, Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer, keyHash);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[ObjectAt..], uint.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[LengthAt..], ushort.MaxValue);
        return KeyBound.Exclusive(buffer[..KeyAt]);
    }

    private static int LengthOf(ReadOnlySpan<byte> treeKey) => BinaryPrimitives.ReadUInt16BigEndian(treeKey[LengthAt..]);

    private static ReadOnlySpan<byte> Write(Span<byte> row, uint objectHash, ulong sequence)
    {
        BinaryPrimitives.WriteUInt32BigEndian(row[ObjectAt..], objectHash);
        BinaryPrimitives.WriteUInt64BigEndian(row[^sizeof(ulong)..], sequence);
        return row;
    }
}
