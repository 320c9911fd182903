using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>A process that opens a table in memory which may be damaged: the steps of a table file, over <see cref="BoundedMemory"/>.</summary>
internal sealed unsafe class HostileTable
{
    private readonly TableSpace _space;
    private readonly TableContext _context;
    private readonly BagPlan<BoundedMemory> _bag;

    /// <summary>Opens the table. <see cref="EtsException"/> if it is refused.</summary>
    public HostileTable(HeapStorage storage, ILiveness liveness)
    {
        BoundedMemory.Arena.BeginOperation();
        TableHeaderCheck.Require(storage.Path, new ReadOnlySpan<byte>(storage.Base, TableGeometry.HeaderBytes), storage.Capacity, Guid.Empty);
        _space = new TableSpace(storage);
        _space.RequireFormatOfUsed<BoundedMemory>();
        if (new AccessWord(_space.Header->Access).IsDropped)
            throw new TableDroppedException("dropped");
        _bag = new BagPlan<BoundedMemory>(_space);
        _context = new TableContext(_space, liveness, "hostile") { WriterPatience = TimeSpan.FromMicroseconds(200) };
    }

    private Writer Writer => new(_context, _context.FirstJournal);

    public bool IsBag => _space.IsBag;

    private bool HasEntries => _space.HasEntries;

    /// <summary>The value of a key in hexadecimal, or null.</summary>
    public string? Lookup(string key)
    {
        BoundedMemory.Arena.BeginOperation();
        if (!_space.Format.IsDecided)
            return null;
        Span<byte> destination = stackalloc byte[4096];
        var bytes = Encoding.UTF8.GetBytes(key);
        if (IsBag)
            return LookupBag(bytes);
        int length;
        var status = _space.IsOrdered ? TreeReader<BoundedMemory>.Read(_space, bytes, destination, out length)
            : HasEntries
            ? EntryReader<BoundedMemory>.Read(_space, HashOf(bytes), bytes, destination, out length)
            : HashReader<BoundedMemory>.Read(_space, HashOf(bytes), bytes, destination, out length);
        return status switch
        {
            ReadStatus.Found => Convert.ToHexString(destination[..length]),
            ReadStatus.Missing => null,
            _ => $"{length} bytes",
        };
    }

    /// <summary>All rows of a scan, a key twice if it comes twice; of a bag's key one behind the other.</summary>
    public List<(string Key, string Value)> Scan()
    {
        var rows = new List<(string, string)>();
        if (!_space.Format.IsDecided)
            return rows;
        BoundedMemory.Arena.BeginOperation();
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = TableScanner<BoundedMemory>.Next(_space, ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var (key, value) = (Encoding.UTF8.GetString(page.Key(row)), Convert.ToHexString(page.Value(row)));
                if (IsBag && row > 0 && page.Key(row).SequenceEqual(page.Key(row - 1)))
                    rows[^1] = (key, $"{rows[^1].Item2}, {value}");
                else
                    rows.Add((key, value));
            }
        }
        while (more);
        return rows;
    }

    public VerifyReport Verify() => TableWalk.Run(_space);

    public void SettleDead()
    {
        BoundedMemory.Arena.BeginOperation();
        Participants<BoundedMemory>.SettleDead(_context);
    }

    public void Attach()
    {
        BoundedMemory.Arena.BeginOperation();
        Participants<BoundedMemory>.Attach(_context, 2, 2);
        if (!_space.RefreshFormat<BoundedMemory>())
            TableFormatter.Decide<BoundedMemory>(_space, RowFormat.Records);
    }

    public void Detach()
    {
        BoundedMemory.Arena.BeginOperation();
        if (_context.Slot >= 0)
            Participants<BoundedMemory>.Detach(_context);
    }

    public void Insert(string key, ReadOnlySpan<byte> value)
    {
        if (IsBag)
        {
            BeginWrite();
            BagWriter<BoundedMemory>.Insert(Writer, _bag, Encoding.UTF8.GetBytes(key), value, onlyIfNew: false);
            return;
        }
        var operation = new StoreOperation(HasEntries ? HostileScene.Value(sizeof(long), value.Length) : value, onlyIfNew: false);
        Apply(key, ref operation);
    }

    public void Delete(string key)
    {
        if (IsBag)
        {
            BeginWrite();
            BagWriter<BoundedMemory>.Take(Writer, _bag, Encoding.UTF8.GetBytes(key), page: null);
            return;
        }
        var operation = default(RemoveOperation);
        Apply(key, ref operation);
    }

    public void Count(string key)
    {
        var operation = new CounterOperation(1, 0, new CounterFormat(sizeof(long), IsSigned: true));
        Apply(key, ref operation);
    }

    public void Commit(BatchPlan plan)
    {
        BeginWrite();
        if (IsBag)
            BagWriter<BoundedMemory>.Commit(Writer, _bag, plan, onlyIfAllNew: false);
        else
            BatchWriter<BoundedMemory>.Commit(Writer, plan, onlyIfAllNew: false);
    }

    public void Split()
    {
        BeginWrite();
        if (_space.IsOrdered)
            return; // its nodes split as they fill
        var next = _space.Header->Buckets;
        _space.Grow<BoundedMemory>(Region.Index, TableGeometry.IndexStart + ((long)(next + 1) * _space.BucketBytes));
        try
        {
            BucketSplitter<BoundedMemory>.TrySplit(Writer, next);
        }
        catch
        {
            JournalRecovery<BoundedMemory>.Settle(Writer);
            throw;
        }
    }

    private string? LookupBag(byte[] key)
    {
        var page = new ScanPage();
        page.Clear(hasBagRows: true);
        BagReader<BoundedMemory>.Lookup(_space, new BagKey(_space, key, []), page);
        return page.Count == 0 ? null : string.Join(", ", Enumerable.Range(0, page.Count).Select(row => Convert.ToHexString(page.Value(row))));
    }

    /// <summary>What the next write does first with what the last one could not finish.</summary>
    private void BeginWrite()
    {
        BoundedMemory.Arena.BeginOperation();
        if (Writer.Journal->State != (ulong)JournalState.Idle)
            JournalRecovery<BoundedMemory>.Settle(Writer);
    }

    private void Apply<TOperation>(string key, ref TOperation operation) where TOperation : struct, IRowOperation, allows ref struct
    {
        BeginWrite();
        var bytes = Encoding.UTF8.GetBytes(key);
        if (_space.IsOrdered)
            TreeWriter<BoundedMemory>.Apply(Writer, bytes, ref operation);
        else
            HashWriter<BoundedMemory>.Apply(Writer, HashOf(bytes), bytes, ref operation);
    }

    private ulong HashOf(ReadOnlySpan<byte> key) => KeyHash.Of(key, _space.Header->HashSeed0, _space.Header->HashSeed1);
}
