namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// How rows lie in the file: as records that buckets refer to, or, where key and value are at most 8 bytes each and always as long, as
/// entries in the buckets themselves. In an ordered table: as records that the leaves of a tree refer to. Decided by the first writer, for ever.
/// </summary>
/// <remarks>
/// <code>
/// 63                  24 23          16 15        8 7       0
/// | 0                   | value bytes  | key bytes | format  |
/// </code>
/// </remarks>
internal readonly struct RowFormat(ulong bits)
{
    private const byte RecordFormat = 1;
    private const byte EntryFormat = 2;
    private const byte OrderedFormat = 3;

    public readonly ulong Bits = bits;

    public static RowFormat Records => new(RecordFormat);

    public static RowFormat Ordered => new(OrderedFormat);

    public bool IsDecided => Bits != 0;

    public bool HasEntries => (byte)Bits == EntryFormat;

    public bool IsOrdered => (byte)Bits == OrderedFormat;

    public int KeyBytes => (byte)(Bits >> 8);

    public int ValueBytes => (byte)(Bits >> 16);

    public int BucketBytes => HasEntries ? TableGeometry.EntryBucketBytes : TableGeometry.BucketBytes;

    public bool IsValid => Bits is 0 or RecordFormat or OrderedFormat || (HasEntries && Bits >> 24 == 0 && FitsEntry(KeyBytes) && FitsEntry(ValueBytes));

    public static RowFormat Entries(int keyBytes, int valueBytes) =>
        new(EntryFormat | ((ulong)(uint)keyBytes << 8) | ((ulong)(uint)valueBytes << 16));

    /// <summary>The format for rows of these sizes; negative sizes vary.</summary>
    public static RowFormat For(int keyBytes, int valueBytes) =>
        FitsEntry(keyBytes) && FitsEntry(valueBytes) ? Entries(keyBytes, valueBytes) : Records;

    private static bool FitsEntry(int bytes) => bytes is > 0 and <= sizeof(ulong);
}
