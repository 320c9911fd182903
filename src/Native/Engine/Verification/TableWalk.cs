using System.Globalization;
using System.Numerics;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Verification;

/// <summary>
/// Walks a whole table and accounts for every byte of its slabs. Meant for a table that nobody is writing: work in flight looks like damage.
/// </summary>
internal sealed unsafe class TableWalk
{
    private const int MostProblems = 100;

    private readonly TableSpace _space;
    private readonly List<string> _problems = [];
    private readonly BlockMap _blocks;
    private readonly WalkProgress _progress;
    private long _rows;
    private long _overflows;
    private long _nodes;
    private long _reachable;
    private long _free;

    private TableWalk(TableSpace space, WalkProgress progress)
    {
        _space = space;
        _progress = progress;
        _blocks = new BlockMap(space, _problems);
        progress.Begin((long)Buckets * space.Format.BucketBytes + _blocks.SlabBytes - _blocks.OverheadBytes);
    }

    /// <summary>The buckets to walk; a tree has none.</summary>
    private ulong Buckets => _space.IsOrdered || !_space.Format.IsDecided ? 0 : _space.Header->Buckets;

    public static VerifyReport Run(TableSpace space, IProgress<VerifyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var walk = new TableWalk(space, new WalkProgress(progress, cancellationToken));
        if (space.IsOrdered)
            walk.WalkTree();
        else
            walk.WalkIndex();
        walk.WalkJournals();
        walk.WalkPools();
        walk._progress.End();
        return walk.Report();
    }

    private VerifyReport Report()
    {
        var count = RowCount<ProcessMemory>.Of(_space);
        if (count != _rows)
            Problem($"the counters say {count} rows, the index has {_rows}");
        var leaked = _blocks.UnclaimedBytes;
        if (leaked != 0)
            Problem($"{leaked} bytes leaked, among them the blocks at {string.Join(", ", _blocks.Unclaimed.Take(4).Select(offset => offset.ToString("x")))}");
        return new VerifyReport
        {
            Rows = _rows,
            Buckets = _space.IsOrdered ? 0 : (long)_space.Header->Buckets,
            OverflowBuckets = _overflows,
            Nodes = _nodes,
            SlabBytes = _blocks.SlabBytes,
            ReachableBytes = _reachable,
            FreeBytes = _free,
            OverheadBytes = _blocks.OverheadBytes,
            LeakedBytes = leaked,
            Problems = _problems,
        };
    }

    private void WalkTree()
    {
        var tree = new TreeWalk(_space, _blocks, Problem, _progress);
        tree.Run();
        _rows = tree.Rows;
        _nodes = tree.Nodes;
        _reachable = tree.ReachableBytes;
    }

    private void WalkIndex()
    {
        var buckets = Buckets;
        for (var index = 0UL; index < buckets && _problems.Count < MostProblems; index++)
        {
            WalkBucket(index, buckets);
            _progress.Advance(_space.Format.BucketBytes);
        }
    }

    private void WalkBucket(ulong index, ulong buckets)
    {
        var bucket = _space.BucketAt(index);
        var meta = new BucketMeta(bucket->Meta);
        var expected = HashIndex<ProcessMemory>.LevelOf(index, buckets);
        if (meta.Level != expected)
            Problem($"bucket {index} has level {meta.Level} where {expected} is due");
        if (meta.IsLocked)
            Problem($"bucket {index} is locked by journal {meta.Lock}");
        var keys = new HashSet<string>();
        if (_space.HasEntries)
        {
            WalkEntries(index, meta.Level, (EntryBucket*)bucket, keys);
            return;
        }
        var lanes = bucket;
        while (true)
        {
            for (var lane = 0; lane < Bucket.Lanes; lane++)
            {
                var reference = new Reference(lanes->References[lane]);
                if (reference.IsOverflow && lane != Bucket.LastLane)
                    Problem($"bucket {index} leads on from lane {lane}");
                else if (!reference.IsEmpty && !reference.IsOverflow)
                    WalkRecord(index, meta.Level, reference, keys);
            }
            var last = new Reference(lanes->References[Bucket.LastLane]);
            if (!last.IsOverflow)
                return;
            var size = _blocks.Claim(last.Offset, SizeClasses.Bucket, $"bucket {index}");
            if (size == 0)
                return;
            Reach(size);
            _overflows++;
            lanes = (Bucket*)_space.At(last.Offset);
        }
    }

    private void WalkEntries(ulong index, int level, EntryBucket* bucket, HashSet<string> keys)
    {
        while (true)
        {
            for (var lanes = new BucketMeta(bucket->Meta).Occupied; lanes != 0; lanes &= lanes - 1)
            {
                var key = bucket->Keys[BitOperations.TrailingZeroCount(lanes)];
                _rows++;
                if (!HashIndex<ProcessMemory>.Holds(index, level, EntryKeys<ProcessMemory>.HashOf(_space, key)))
                    Problem($"the key {key:x16} does not belong into bucket {index}");
                if (!keys.Add(key.ToString("x16", CultureInfo.InvariantCulture)))
                    Problem($"bucket {index} has a key twice");
            }
            var link = new Reference(bucket->Link);
            if (link.IsEmpty)
                return;
            var size = link.IsOverflow ? _blocks.Claim(link.Offset, SizeClasses.EntryBucket, $"bucket {index}") : 0;
            if (size == 0)
            {
                Problem($"bucket {index} leads on to {link}");
                return;
            }
            Reach(size);
            _overflows++;
            bucket = (EntryBucket*)_space.At(link.Offset);
        }
    }

    private void WalkRecord(ulong index, int level, Reference reference, HashSet<string> keys)
    {
        if (reference.IsPending)
            Problem($"bucket {index} has a pending reference to {reference.Offset:x}");
        var size = _blocks.Claim(reference.Offset, null, $"bucket {index}");
        if (size == 0)
            return;
        Reach(size);
        _rows++;
        var header = new RecordHeader(*_space.Word(reference.Offset));
        var end = RecordHeader.ValueOffset(header.KeyBytes) + (((long)header.ValueBytes + 7) & ~7L) + (header.HasTrailer ? RecordHeader.TrailerBytes : 0);
        if (end > size || SizeClasses.SizeOf(header.SizeClass) != size || (header.Flags & ~RecordHeader.KnownFlags) != 0)
        {
            Problem($"the record at {reference.Offset:x} does not fit its block of {size} bytes");
            return;
        }
        var key = Record<ProcessMemory>.Key(_space, reference.Offset, header);
        var hash = KeyHash.Of(key, _space.Header->HashSeed0, _space.Header->HashSeed1);
        if (!HashIndex<ProcessMemory>.Holds(index, level, hash) || !reference.MayMatch(hash))
            Problem($"the record at {reference.Offset:x} does not belong into bucket {index}");
        if (!keys.Add(Convert.ToHexString(key)))
            Problem($"bucket {index} has a key twice");
    }

    private void WalkJournals()
    {
        var journals = (int)(((long)_space.Header->JournalsReserved - TableGeometry.JournalsStart) / TableGeometry.JournalBytes);
        for (var number = 1; number <= journals && _problems.Count < MostProblems; number++)
        {
            var journal = _space.JournalAt(number);
            if (journal->State != (ulong)JournalState.Idle)
                Problem($"journal {number} stands at {(JournalState)journal->State}");
            if (journal->Structure != 0)
                Problem($"journal {number} stands at {(StructureState)journal->Structure} of a change of the tree");
            if (IsIdle(journal) && (journal->New | journal->Old | journal->Spare | journal->Lane | journal->Chain) != 0)
                Problem($"journal {number} is idle and has registers that are not empty");
            if (journal->Freed != 0 || journal->Transfer != 0)
                Problem($"journal {number} stands within the allocator");
            for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
            {
                WalkList(new BlockList(journal->FreeLists[sizeClass]), sizeClass, $"journal {number}");
                WalkChunk(new BlockList(journal->Chunks[sizeClass]), sizeClass, $"journal {number}");
            }
        }
        if (_space.Header->AllocatorLock != 0)
            Problem($"the allocator is locked by journal {_space.Header->AllocatorLock}");
    }

    /// <summary>Whoever uses the journal next relies on its registers being empty.</summary>
    private static bool IsIdle(Journal* journal) => journal->State == (ulong)JournalState.Idle && journal->Structure == 0;

    private void WalkPools()
    {
        for (var sizeClass = 0; sizeClass < SizeClasses.Count && _problems.Count < MostProblems; sizeClass++)
        {
            var bundle = new BlockList(_space.Header->Pools[sizeClass]);
            while (!bundle.IsEmpty)
            {
                if (!WalkList(bundle, sizeClass, $"pool {sizeClass}"))
                    break;
                bundle = new BlockList(*_space.Word(bundle.First + sizeof(ulong)));
            }
        }
    }

    private bool WalkList(BlockList list, int sizeClass, string claimant)
    {
        var block = list.First;
        for (var left = list.Blocks; left > 0; left--)
        {
            var size = _blocks.Claim(block, sizeClass, claimant);
            if (size == 0)
                return false;
            Free(size);
            block = (long)*_space.Word(block);
        }
        return true;
    }

    private void WalkChunk(BlockList chunk, int sizeClass, string claimant)
    {
        for (var block = 0L; block < chunk.Blocks; block++)
        {
            var size = _blocks.Claim(chunk.First + (block * SizeClasses.SizeOf(sizeClass)), sizeClass, claimant);
            if (size == 0)
                return; // a damaged word may claim 2^28 blocks: one problem is enough
            Free(size);
        }
    }

    private void Reach(int size)
    {
        _reachable += size;
        _progress.Advance(size);
    }

    private void Free(int size)
    {
        _free += size;
        _progress.Advance(size);
    }

    private void Problem(string problem)
    {
        if (_problems.Count < MostProblems)
            _problems.Add(problem);
    }
}
