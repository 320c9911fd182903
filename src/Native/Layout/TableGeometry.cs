namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The map of a table file: the one place that knows where each region lies.
/// </summary>
/// <remarks>
/// <code>
/// 0          8 Ki        64 Ki            8 Mi             8 Mi + capacity/8        capacity     beyond
/// | header   | slots     | journals       | index          | slabs                  |            | liveness locks | use lock
/// | 2 pages  | 240 x 128 | 240 x 16 x 2 Ki| 64-byte buckets| chunks of blocks       |            | 1 byte a slot  | 1 byte
/// </code>
/// Journals, index and slabs each have a watermark in the header: space below it is reserved on the file system,
/// and nobody touches what lies above it.
/// </remarks>
internal static class TableGeometry
{
    public const int PageBytes = 4096;
    public const int HeaderBytes = 2 * PageBytes;

    public const int SlotCount = 240;
    public const int SlotBytes = 128;
    public const long SlotsStart = HeaderBytes;

    public const int JournalsPerSlot = 16;
    public const int JournalBytes = 2048;
    public const int SlotJournalBytes = JournalsPerSlot * JournalBytes;
    public const long JournalsStart = 64 << 10;

    public const long IndexStart = 8 << 20;
    public const int BucketBytes = 64;
    public const int EntryBucketBytes = 128;
    public const int InitialIndexBytes = EntryBucketBytes << InitialLevel;
    public const int InitialLevel = 6;

    public const long MinimumCapacity = 16L << 20;
    public const long MaximumCapacity = 1L << 40;

    public const int MaximumKeyBytes = 32 << 10;
    public const int MaximumValueBytes = 16 << 20;
    public const int MaximumSchemaBytes = 1500;
    public const int MaximumNameBytes = 100;

    /// <summary>Where the slabs begin in a file of this capacity: an eighth is the index's.</summary>
    public static long SlabsStart(long capacity) => IndexStart + (capacity / 8 & ~(PageBytes - 1L));

    /// <summary>How many buckets the index region of a file of this capacity can hold.</summary>
    public static ulong MaximumBuckets(long capacity, int bucketBytes) => (ulong)((SlabsStart(capacity) - IndexStart) / bucketBytes);

    /// <summary>The byte whose lock is shared by all who have a file of this capacity open for writing. Nothing is ever stored there.</summary>
    public static long UseByte(long capacity) => capacity + SlotCount;

    /// <summary>Where a slot's first journal begins.</summary>
    public static long JournalsOf(int slot) => JournalsStart + ((long)slot * SlotJournalBytes);

    /// <summary>A number that differs whenever a version of this library would lay out a file in another way.</summary>
    public static ulong Fingerprint()
    {
        ReadOnlySpan<long> facts =
        [
            HeaderBytes, SlotCount, SlotBytes, SlotsStart, JournalsPerSlot, JournalBytes, JournalsStart, IndexStart, BucketBytes, EntryBucketBytes, InitialLevel,
            SizeClasses.Count, SizeClasses.SizeOf(SizeClasses.Count - 1), TableHeader.NameAreaBytes, BitConverter.IsLittleEndian ? 1 : 0,
        ];
        var fingerprint = 14695981039346656037UL;
        foreach (var fact in facts)
            fingerprint = (fingerprint ^ (ulong)fact) * 1099511628211UL;
        return fingerprint;
    }
}
