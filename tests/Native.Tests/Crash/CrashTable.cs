using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>A table in memory with one writer process at a time, in terms of strings.</summary>
internal sealed unsafe class CrashTable : IDisposable
{
    private const int SlotsLookedAt = 4;
    private const int ProcessId = 7;
    private const int StartTime = 9;

    private readonly SimulatedKernel _kernel = new();
    private readonly BagPlan<TracedMemory> _bag;
    private TableContext _context;

    public CrashTable(RowFormat format, TableKind kind = TableKind.Set)
    {
        Storage = new HeapStorage(TableGeometry.MinimumCapacity, kind);
        Space.Header->HashSeed0 = 0x0123456789ABCDEF; // what is killed in one run is killed in the next
        Space.Header->HashSeed1 = 0x0FEDCBA987654321;
        _bag = new BagPlan<TracedMemory>(Space);
        TableFormatter.Decide<TracedMemory>(Space, format);
        _context = NewProcess();
    }

    public HeapStorage Storage { get; }

    public TableSpace Space => Storage.Space;

    public Writer Writer => new(_context, _context.FirstJournal);

    /// <summary>The current process dies, with its locks; a new one takes its place and has no slot yet.</summary>
    public void ReplaceProcess()
    {
        _kernel.KillAllBut(null);
        _context = NewProcess();
    }

    /// <summary>This process is the one that holds slot 0, at a moment that was restored.</summary>
    public void TakeBackSlot()
    {
        _context.Liveness.TryHold(0);
        _context.Slot = 0;
    }

    public void Attach() => Participants<TracedMemory>.Attach(_context, ProcessId, StartTime);

    /// <summary>The last process that had a slot had another number, and was killed while it pinned the table.</summary>
    public void UseSlot(int slot) =>
        *Space.SlotAt(slot) = *Space.SlotAt(slot) with { ProcessId = ProcessId + 1, StartTime = StartTime + 1, Pins = 1 };

    public void Detach() => Participants<TracedMemory>.Detach(_context);

    public int SettleDead() => Participants<TracedMemory>.SettleDead(_context);

    public int DecideDead() => Participants<TracedMemory>.DecideDead(_context);

    public void Insert(string key, string value) => Insert(key, Encoding.UTF8.GetBytes(value));

    public void Insert(string key, byte[] value)
    {
        if (Space.IsBag)
        {
            BagWriter<TracedMemory>.Insert(Writer, _bag, Bytes(key), value, onlyIfNew: false);
            return;
        }
        var operation = new StoreOperation(value, onlyIfNew: false);
        Apply(key, ref operation);
    }

    public void Count(string key, long increment)
    {
        var operation = new CounterOperation(increment, 0, new CounterFormat(sizeof(long), IsSigned: true));
        Apply(key, ref operation);
    }

    public void InsertNew(string key, string value) => BagWriter<TracedMemory>.Insert(Writer, _bag, Bytes(key), Bytes(value), onlyIfNew: true);

    public void CompareExchange(string key, string expected, string value)
    {
        var operation = new CompareExchangeOperation(Bytes(expected), Bytes(value));
        Apply(key, ref operation);
    }

    public void DeleteObject(string key, string value)
    {
        if (Space.IsBag)
        {
            BagWriter<TracedMemory>.DeleteObject(Writer, _bag, Bytes(key), Bytes(value));
            return;
        }
        var operation = new RemoveObjectOperation(Bytes(value));
        Apply(key, ref operation);
    }

    public void Delete(string key)
    {
        if (Space.IsBag)
        {
            BagWriter<TracedMemory>.Take(Writer, _bag, Bytes(key), page: null);
            return;
        }
        var operation = default(RemoveOperation);
        Apply(key, ref operation);
    }

    public void Take(string key)
    {
        if (Space.IsBag)
        {
            BagWriter<TracedMemory>.Take(Writer, _bag, Bytes(key), new ScanPage());
            return;
        }
        var operation = new TakeOperation(new byte[64]);
        Apply(key, ref operation);
    }

    public bool Commit(Action<BatchPlan> fill, bool onlyIfAllNew = false)
    {
        var plan = new BatchPlan();
        fill(plan);
        return Commit(plan, onlyIfAllNew);
    }

    /// <summary>Removes all rows and inserts others.</summary>
    public void ReplaceAll(Action<BatchPlan> fill)
    {
        var plan = new BatchPlan();
        TableScanner<TracedMemory>.DeleteAll(Space, plan);
        fill(plan);
        Commit(plan, onlyIfAllNew: false);
    }

    public void SplitNext()
    {
        var next = Space.Header->Buckets;
        Space.Grow<TracedMemory>(Region.Index, TableGeometry.IndexStart + ((long)(next + 1) * Space.BucketBytes));
        BucketSplitter<TracedMemory>.TrySplit(Writer, next);
    }

    public ulong HashOf(string key) => KeyHash.Of(Encoding.UTF8.GetBytes(key), Space.Header->HashSeed0, Space.Header->HashSeed1);

    /// <summary>Keys whose rows lie in one bucket as long as the index has this many bits.</summary>
    public IEnumerable<string> KeysOfBucket(ulong bucket, int bits) =>
        Enumerable.Range(0, int.MaxValue).Select(number => $"k{number:d7}").Where(key => (HashOf(key) & ((1UL << bits) - 1)) == bucket);

    /// <summary>Whether the first leaf of an ordered table has a sibling and no root above them.</summary>
    public bool LacksRoot =>
        Space.Header->Root == TableGeometry.IndexStart && ((TreeNode*)Space.At(TableGeometry.IndexStart))->Right != 0;

    /// <summary>
    /// What operations are for beside rows: who has a slot, bundles of blocks for all writers, and entries in the inner nodes of a tree; and what they
    /// leave undone in journals.
    /// </summary>
    public string Standing =>
        $"slots {string.Join(", ", TakenSlots)} are taken, {Bundles()} bundles, {(Space.IsOrdered ? InnerLanes() : 0)} entries, journals {string.Join(", ", JournalsAtWork())} are at work";

    /// <summary>The slots that somebody has taken.</summary>
    public IEnumerable<int> TakenSlots => Enumerable.Range(0, SlotsLookedAt).Where(slot => Participants<TracedMemory>.IsTaken(_context, slot));

    /// <summary>Whether each taken slot says whose it is, and that nothing is pinned.</summary>
    public bool SlotsAreNamed => TakenSlots.All(slot => *Space.SlotAt(slot) is { ProcessId: ProcessId, StartTime: StartTime, Pins: 0 });

    /// <summary>Blocks of this size have been used before, and are at hand.</summary>
    public void UseBlocks(int valueBytes)
    {
        string[] keys = ["used  1", "used  2", "used  3"];
        foreach (var key in keys)
            Insert(key, Enumerable.Repeat((byte)0xAA, valueBytes).ToArray());
        foreach (var key in keys)
            Delete(key);
    }

    /// <summary>Of the blocks that were taken at once for values of this size, one is left.</summary>
    public void LeaveOneBlock(int valueBytes, int sizeClass)
    {
        for (var row = 0; new BlockList(Writer.Journal->Chunks[sizeClass]).Blocks != 1; row++)
            Insert($"filler {row}", new byte[valueBytes]);
    }

    /// <summary>An operation has been begun, killed and undone.</summary>
    public void KillOnce(int killBefore, Action operation)
    {
        CrashPoint.Run(killBefore, operation);
        ReplaceProcess();
        SettleDead();
        Attach();
    }

    /// <summary>All rows, of a bag's key one behind the other, by a reader that writes nothing.</summary>
    public SortedDictionary<string, string> Contents()
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = TableScanner<TracedMemory>.Next(Space, ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var (key, value) = (Encoding.UTF8.GetString(page.Key(row)), Convert.ToHexString(page.Value(row)));
                if (!rows.TryAdd(key, value))
                    rows[key] = Space.IsBag ? $"{rows[key]}, {value}" : throw new InvalidOperationException($"'{key}' was seen twice.");
            }
        }
        while (more);
        return rows;
    }

    public VerifyReport Verify() => TableWalk.Run(Space);

    public void Dispose() => Storage.Dispose();

    private IEnumerable<int> JournalsAtWork() => TakenSlots.Select(TableSpace.FirstJournalOf).Where(journal =>
        Space.JournalAt(journal)->State != (ulong)JournalState.Idle || Space.JournalAt(journal)->Structure != (ulong)StructureState.None);

    private int Bundles() => Enumerable.Range(0, SizeClasses.Count).Count(sizeClass => Space.Header->Pools[sizeClass] != 0);

    /// <summary>How many entries the inner nodes have. What a mutant of the engine has left may lead anywhere, and in a circle.</summary>
    private int InnerLanes()
    {
        var lanes = 0;
        var nodes = 0L;
        for (var first = TreeDescent<ProcessMemory>.Root(Space); new BucketMeta(first->Meta).Level > TreeDescent.LeafLevel; first = FirstChild(first))
        {
            for (var node = first; ; node = Node((long)node->Right))
            {
                if (++nodes > Storage.Capacity / TreeNode.Bytes)
                    throw new InvalidDataException("The tree has more nodes than the table has room for: it leads in a circle.");
                lanes += new NodeOrder(node->Order).Count;
                if (node->Right == 0)
                    break;
            }
        }
        return lanes;
    }

    private TreeNode* FirstChild(TreeNode* parent) => Node(new Reference(parent->References[new NodeOrder(parent->Order).First]).Offset);

    private TreeNode* Node(long offset) => TreeDescent<ProcessMemory>.NodeAt(Space, offset);

    private TableContext NewProcess() => new(Storage.Space, _kernel.NewProcess(), "crash") { WriterPatience = TimeSpan.Zero };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private bool Commit(BatchPlan plan, bool onlyIfAllNew) =>
        Space.IsBag
            ? BagWriter<TracedMemory>.Commit(Writer, _bag, plan, onlyIfAllNew)
            : BatchWriter<TracedMemory>.Commit(Writer, plan, onlyIfAllNew);

    private void Apply<TOperation>(string key, ref TOperation operation) where TOperation : struct, IRowOperation, allows ref struct =>
        _ = Space.IsOrdered
            ? TreeWriter<TracedMemory>.Apply(Writer, Encoding.UTF8.GetBytes(key), ref operation)
            : HashWriter<TracedMemory>.Apply(Writer, HashOf(key), Encoding.UTF8.GetBytes(key), ref operation);
}
