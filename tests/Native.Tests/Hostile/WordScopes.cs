using System.Numerics;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// Tells for each word of a sound table which rows it encodes, by a walk of its own: a bucket's meta word all rows of the bucket, a lane its
/// row, a link what lies behind it, a record's words its row, a batch word the rows of the batch. All other words encode none.
/// For ordered tables see <see cref="TreeScopes"/>. In a bag each word of the tree, and each batch word, may change all rows: those of a key are told apart
/// by hashes of what they hold.
/// </summary>
internal sealed unsafe class WordScopes
{
    private readonly Dictionary<long, WordScope> _scopes = [];
    private readonly TableSpace _space;
    private readonly WordScope _everything = new();

    public WordScopes(TableSpace space, IReadOnlyCollection<string> allKeys)
    {
        _space = space;
        foreach (var key in allKeys)
            Mark(&space.Header->RowFormat, 1, key);
        if (space.IsBag)
            _everything.Keys.UnionWith(allKeys);
        else if (space.IsOrdered)
            new TreeScopes(space, this, allKeys).Walk();
        else
            WalkBuckets();
    }

    public WordScope this[long offset] => _space.IsBag && IsOfTree(offset) ? _everything : _scopes.GetValueOrDefault(offset, WordScope.Nothing);

    private bool IsOfTree(long offset)
    {
        var firstBatchWord = _space.OffsetOf(&_space.JournalAt(1)->Batch);
        return offset >= TableGeometry.IndexStart || offset == _space.OffsetOf(&_space.Header->Root)
            || (offset >= firstBatchWord && (offset - firstBatchWord) % TableGeometry.JournalBytes == 0);
    }

    private void WalkBuckets()
    {
        var space = _space;
        for (var index = 0UL; index <= space.Header->Buckets; index++) // a split may have filled one more
        {
            if (index == space.Header->Buckets && (index >= space.ReservedBuckets<ProcessMemory>() || new BucketMeta(space.BucketAt(index)->Meta).Level == 0))
                break;
            if (space.HasEntries)
                WalkEntries(space.EntriesAt(index));
            else
                WalkLanes(space.BucketAt(index));
        }
    }

    private void WalkLanes(Bucket* bucket)
    {
        var path = new List<long>();
        var lanes = bucket;
        Touch(lanes, TableGeometry.BucketBytes);
        path.Add(_space.OffsetOf(&lanes->Meta));
        while (true)
        {
            for (var lane = 0; lane < Bucket.Lanes; lane++)
            {
                var reference = new Reference(lanes->References[lane]);
                if (!reference.IsEmpty && !reference.IsOverflow)
                    AddRecord(reference, [.. path, _space.OffsetOf(&lanes->References[lane])]);
            }
            var last = new Reference(lanes->References[Bucket.LastLane]);
            if (!last.IsOverflow)
                return;
            path.Add(_space.OffsetOf(&lanes->References[Bucket.LastLane]));
            lanes = (Bucket*)_space.At(last.Offset);
            Touch(lanes, TableGeometry.BucketBytes);
        }
    }

    private void WalkEntries(EntryBucket* bucket)
    {
        var path = new List<long> { _space.OffsetOf(&bucket->Meta) };
        Touch(bucket, TableGeometry.EntryBucketBytes);
        AddLanes(bucket, path);
        path.Add(_space.OffsetOf(&bucket->Link));
        for (var link = new Reference(bucket->Link); !link.IsEmpty;)
        {
            if (link.IsPending)
            {
                AddRecord(link, path);
                var trailer = Record<ProcessMemory>.Trailer(_space, link.Offset, new RecordHeader(*_space.Word(link.Offset)));
                path.Add(_space.OffsetOf(&trailer->Previous));
                link = new Reference(trailer->Previous);
                continue;
            }
            var overflow = (EntryBucket*)_space.At(link.Offset);
            Touch(overflow, TableGeometry.EntryBucketBytes);
            AddLanes(overflow, [.. path, _space.OffsetOf(&overflow->Meta)]);
            path.Add(_space.OffsetOf(&overflow->Link));
            link = new Reference(overflow->Link);
        }
    }

    private void AddLanes(EntryBucket* bucket, List<long> path)
    {
        for (var lanes = new BucketMeta(bucket->Meta).Occupied; lanes != 0; lanes &= lanes - 1)
        {
            var lane = BitOperations.TrailingZeroCount(lanes);
            var key = CrashKey(EntryKeys<ProcessMemory>.BytesOf(in bucket->Keys[lane], _space.Format.KeyBytes));
            Mark(&bucket->Keys[lane], 1, key);
            Mark(&bucket->Values[lane], 1, key);
            MarkAll(path, key);
        }
    }

    /// <summary>A record, the one before it while it is pending, and the batch word that decides between the two.</summary>
    public void AddRecord(Reference reference, List<long> path)
    {
        var header = new RecordHeader(*_space.Word(reference.Offset));
        var key = CrashKey(Record<ProcessMemory>.Key(_space, reference.Offset, header));
        Mark(_space.At(reference.Offset), SizeClasses.SizeOf(header.SizeClass) / sizeof(ulong), key);
        MarkAll(path, key);
        if (!reference.IsPending)
            return;
        var trailer = Record<ProcessMemory>.Trailer(_space, reference.Offset, header);
        Mark(&_space.JournalAt(new BatchId(trailer->Batch).Journal)->Batch, 1, key);
        if (!_space.HasEntries && trailer->Previous != 0)
            AddRecord(new Reference(trailer->Previous), path);
    }

    private static string CrashKey(ReadOnlySpan<byte> key) => System.Text.Encoding.UTF8.GetString(key);

    private void MarkAll(List<long> path, string key)
    {
        foreach (var offset in path)
            Mark(_space.At(offset), 1, key);
    }

    public void Mark(void* address, int words, string key)
    {
        for (var word = 0; word < words; word++)
            ScopeAt(_space.OffsetOf(address) + (word * sizeof(ulong))).Keys.Add(key);
    }

    public void Touch(void* address, int bytes)
    {
        for (var word = 0; word < bytes; word += sizeof(ulong))
            ScopeAt(_space.OffsetOf(address) + word);
    }

    private WordScope ScopeAt(long offset) => _scopes.TryGetValue(offset, out var scope) ? scope : _scopes[offset] = new WordScope();
}
