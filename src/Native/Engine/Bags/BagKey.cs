using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>The keys in a bag's tree that belong to one key of the user: that of its head, and those of its rows behind it.</summary>
/// <remarks>
/// <code>
/// head:  length (2) | key | 0
/// row:   length (2) | key | 1 | hash of the object (8) | sequence number (8)
/// </code>
/// All numbers are big-endian, so that rows of equal objects lie together, the older first. The length in front makes sure that no key's rows lie
/// between another's.
/// </remarks>
internal readonly ref struct BagKey
{
    /// <summary>How many bytes a key in the tree has more than the user's.</summary>
    public const int Overhead = LengthBytes + TagBytes + RowBytes;

    /// <summary>The longest key that a bag can have.</summary>
    public const int MaximumBytes = TableGeometry.MaximumKeyBytes - Overhead;

    /// <summary>A buffer for keys up to <see cref="ShortKey"/> has this size.</summary>
    public const int ShortBuffer = 3 * (ShortKey + Overhead);

    public const int ShortKey = 64;

    private const int LengthBytes = 2;
    private const int TagBytes = 1;
    private const int RowBytes = 16;
    private const byte HeadTag = 0;
    private const byte RowTag = 1;

    private readonly Span<byte> _head;
    private readonly Span<byte> _low;
    private readonly Span<byte> _high;

    /// <summary>Writes the keys into a buffer of <see cref="BufferBytes"/>.</summary>
    /// <exception cref="KeyTooLargeException">The key is longer than <see cref="MaximumBytes"/>.</exception>
    public BagKey(ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        Require(key.Length);
        var row = key.Length + Overhead;
        _head = buffer[..(row - RowBytes)];
        _low = buffer.Slice(row, row);
        _high = buffer.Slice(2 * row, row);
        Write(key, HeadTag, _head);
        Write(key, RowTag, _low);
        Write(key, RowTag, _high);
    }

    public ReadOnlySpan<byte> Head => _head;

    /// <summary>Below all rows of the key, and above its head.</summary>
    public KeyBound RowsBegin => KeyBound.Inclusive(WriteRow(_low, 0, 0));

    public KeyBound RowsEnd => KeyBound.Inclusive(WriteRow(_high, ulong.MaxValue, ulong.MaxValue));

    /// <summary>How large a buffer a key needs.</summary>
    public static int BufferBytes(int keyBytes) => keyBytes <= ShortKey ? ShortBuffer : 3 * (keyBytes + Overhead);

    /// <exception cref="KeyTooLargeException">No key of a bag can be so long.</exception>
    public static void Require(int keyBytes)
    {
        if (keyBytes > MaximumBytes)
            throw new KeyTooLargeException($"The key takes {keyBytes} bytes; a bag's keys may take {MaximumBytes}. Use a shorter key, or its digest.");
    }

    /// <summary>The key of one row; valid until the next use of this.</summary>
    public ReadOnlySpan<byte> Row(ulong hash, ulong sequence) => WriteRow(_low, hash, sequence);

    /// <summary>Where the rows of objects of this hash begin; valid until the next use of this.</summary>
    public KeyBound RowsOf(ulong hash) => KeyBound.Inclusive(WriteRow(_low, hash, 0));

    /// <summary>Where they end.</summary>
    public KeyBound RowsOfEnd(ulong hash) => KeyBound.Inclusive(WriteRow(_high, hash, ulong.MaxValue));

    /// <summary>Whether a key of the tree is that of a head.</summary>
    public static bool IsHead(ReadOnlySpan<byte> treeKey) => treeKey.Length >= LengthBytes + TagBytes
        && treeKey.Length == BinaryPrimitives.ReadUInt16BigEndian(treeKey) + LengthBytes + TagBytes
        && treeKey[^1] == HeadTag;

    /// <summary>Whether a key of the tree is that of a row.</summary>
    public static bool IsRow(ReadOnlySpan<byte> treeKey) => treeKey.Length >= Overhead
        && treeKey.Length == BinaryPrimitives.ReadUInt16BigEndian(treeKey) + Overhead
        && treeKey[^(RowBytes + TagBytes)] == RowTag;

    /// <summary>The user's key in a key of the tree that is one of a head or a row.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> treeKey) =>
        treeKey.Slice(LengthBytes, BinaryPrimitives.ReadUInt16BigEndian(treeKey));

    /// <summary>The hash in the key of a row.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> rowKey) => BinaryPrimitives.ReadUInt64BigEndian(rowKey[^RowBytes..]);

    /// <summary>The sequence number in the key of a row.</summary>
    public static ulong SequenceOf(ReadOnlySpan<byte> rowKey) => BinaryPrimitives.ReadUInt64BigEndian(rowKey[^sizeof(ulong)..]);

    private static void Write(ReadOnlySpan<byte> key, byte tag, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)key.Length);
        key.CopyTo(destination[LengthBytes..]);
        destination[LengthBytes + key.Length] = tag;
    }

    private static ReadOnlySpan<byte> WriteRow(Span<byte> row, ulong hash, ulong sequence)
    {
        BinaryPrimitives.WriteUInt64BigEndian(row[^RowBytes..], hash);
        BinaryPrimitives.WriteUInt64BigEndian(row[^sizeof(ulong)..], sequence);
        return row;
    }
}
