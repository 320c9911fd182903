using System.Numerics;
using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>Turns offsets of a table file into addresses, and grows its regions.</summary>
internal sealed unsafe class TableSpace
{
    private const long SmallestStep = 16 << 10;
    private const long LargestStep = 1 << 20;
    private static readonly bool GrowsByPages = AppContext.TryGetSwitch("EtsPersist.Mmf.GrowByPages", out var isOn) && isOn;

    private readonly ITableStorage _storage;
    private readonly byte* _base;
    private readonly byte* _buckets;
    private ulong _format;
    private long _readerWaits;
    private int _bucketShift = BitOperations.Log2(TableGeometry.BucketBytes);

    public TableSpace(ITableStorage storage)
    {
        _storage = storage;
        _base = storage.Base;
        _buckets = _base + TableGeometry.IndexStart;
        Capacity = storage.Capacity;
        SlabsStart = TableGeometry.SlabsStart(Capacity);
    }

    public long Capacity { get; }

    public long SlabsStart { get; }

    public string Path => _storage.Path;

    /// <summary>How rows lie in the file; undecided until the first writer says so.</summary>
    public RowFormat Format => new(Volatile.Read(ref _format));

    /// <summary>Whether rows are entries in the buckets themselves.</summary>
    public bool HasEntries { get; private set; }

    /// <summary>Whether rows lie in the order of their keys, in a tree.</summary>
    public bool IsOrdered { get; private set; }

    /// <summary>Whether the tree has heads of keys beside the rows.</summary>
    public bool IsBag { get; private set; }

    /// <summary>The kind, which the header says.</summary>
    public TableKind Kind => (TableKind)Header->Kind;

    public int BucketBytes => 1 << _bucketShift;

    /// <summary>The size class of an overflow bucket.</summary>
    public int OverflowClass => HasEntries ? SizeClasses.EntryBucket : SizeClasses.Bucket;

    /// <summary>How many reads waited for somebody; see <see cref="LostAttempts{TMemory}"/>.</summary>
    public long ReaderWaits => Interlocked.Read(ref _readerWaits);

    public void CountReaderWait() => Interlocked.Increment(ref _readerWaits);

    /// <summary>Looks whether the format has been decided, which happens once; false as long as it has not.</summary>
    public bool RefreshFormat<TMemory>() where TMemory : struct, ISharedMemory
    {
        var format = new RowFormat(TMemory.Read(&Header->RowFormat));
        if (!format.IsDecided)
            return false;
        _bucketShift = BitOperations.Log2((uint)format.BucketBytes);
        HasEntries = format.HasEntries;
        IsOrdered = format.IsOrdered;
        IsBag = Kind.IsBag();
        Volatile.Write(ref _format, format.Bits); // last; whoever sees it decided sees the rest
        return true;
    }

    /// <summary>Looks for the format, which a table that has been used must have.</summary>
    /// <exception cref="CorruptTableException">There are rows, and the header does not say how they lie.</exception>
    public void RequireFormatOfUsed<TMemory>() where TMemory : struct, ISharedMemory
    {
        var isUsed = (long)TMemory.Read(&Header->SlabCursor) > SlabsStart || RowCount<TMemory>.Of(this) != 0; // first: nothing is used before the format is decided
        if (!RefreshFormat<TMemory>() && isUsed)
            throw new CorruptTableException($"Table file '{Path}' has rows and its header does not say how they lie. Load its last saved copy, or delete the file.");
    }

    public ITableStorage Storage => _storage;

    public TableHeader* Header
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TableHeader*)_base;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(long offset) => _base + offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* Word(long offset) => (ulong*)(_base + offset);

    /// <summary>Whether so many bytes at an offset lie in the slabs below their watermark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsInSlabs(long offset, long bytes, long slabsEnd) => offset >= SlabsStart && offset <= slabsEnd - bytes;

    public long OffsetOf(void* address) => (byte*)address - _base;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Bucket* BucketAt(ulong index) => (Bucket*)(_buckets + (index << _bucketShift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryBucket* EntriesAt(ulong index) => (EntryBucket*)(_buckets + (index * TableGeometry.EntryBucketBytes));

    /// <summary>How many buckets the reserved part of the index has room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReservedBuckets<TMemory>() where TMemory : struct, ISharedMemory =>
        (TMemory.Read(&Header->IndexReserved) - TableGeometry.IndexStart) >> _bucketShift;

    /// <summary>What a register of a journal names that a writer locks: a bucket by its number + 1, a node of a tree by where it begins.</summary>
    public Bucket* LockedAt(ulong register) => IsOrdered ? (Bucket*)At((long)register) : BucketAt(register - 1);

    public ulong IndexOf(Bucket* bucket) => (ulong)((byte*)bucket - _buckets) >> _bucketShift;

    public ParticipantSlot* SlotAt(int slot) => (ParticipantSlot*)(_base + TableGeometry.SlotsStart + (slot * TableGeometry.SlotBytes));

    /// <summary>The journal of this number; numbers begin at 1, so that 0 can mean "no lock".</summary>
    public Journal* JournalAt(int number) => (Journal*)(_base + TableGeometry.JournalsStart + ((long)(number - 1) * TableGeometry.JournalBytes));

    public static int SlotOfJournal(int number) => (number - 1) / TableGeometry.JournalsPerSlot;

    public static int FirstJournalOf(int slot) => (slot * TableGeometry.JournalsPerSlot) + 1;

    /// <summary>The watermark of a region: an offset; what lies below it may be touched.</summary>
    public ulong* Watermark(Region region) => region switch
    {
        Region.Journals => &Header->JournalsReserved,
        Region.Index => &Header->IndexReserved,
        _ => &Header->SlabsReserved,
    };

    public long StartOf(Region region) => region switch
    {
        Region.Journals => TableGeometry.JournalsStart,
        Region.Index => TableGeometry.IndexStart,
        _ => SlabsStart,
    };

    public long EndOf(Region region) => region switch
    {
        Region.Journals => TableGeometry.IndexStart,
        Region.Index => SlabsStart,
        _ => Capacity,
    };

    /// <summary>
    /// Moves a region's watermark to at least <paramref name="end"/>. Space is reserved first and published by one exchange; no lock is held,
    /// and a kill between leaves reserved bytes above the watermark, which the next growth reserves again.
    /// </summary>
    /// <exception cref="TableFullException">The file system, a limit of the process or the capacity refuses. Nothing has changed.</exception>
    public void Grow<TMemory>(Region region, long end) where TMemory : struct, ISharedMemory
    {
        var watermark = Watermark(region);
        while (true)
        {
            var current = (long)TMemory.Read(watermark);
            if (current >= end)
                return;
            if (end > EndOf(region))
                throw Full(end - current);
            var target = Reserve(region, current, end);
            TMemory.CompareExchange(watermark, (ulong)current, (ulong)target);
        }
    }

    private long Reserve(Region region, long current, long end)
    {
        var used = current - StartOf(region);
        var step = GrowsByPages ? TableGeometry.PageBytes : Math.Clamp(used / 8, SmallestStep, LargestStep);
        var target = Math.Min(RoundUp(Math.Max(end, current + step)), EndOf(region));
        try
        {
            _storage.Reserve(current, target - current);
            return target;
        }
        catch (TableFullException) when (target > RoundUp(end))
        {
            target = RoundUp(end);
            _storage.Reserve(current, target - current);
            return target;
        }
    }

    private static long RoundUp(long offset) => (offset + TableGeometry.PageBytes - 1) & ~(TableGeometry.PageBytes - 1L);

    private TableFullException Full(long bytes) => TableFullException.ForFile(
        Path, bytes, $"its capacity of {Capacity} bytes is used up. Delete rows, or create the table with a larger MaximumBytes (a file size limit, RLIMIT_FSIZE, lowers it).");
}
