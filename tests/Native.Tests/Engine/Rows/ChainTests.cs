using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Os;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Keys that all fall into one bucket, whatever splits: chosen with the table's own seeds.</summary>
public sealed class ChainTests : IDisposable
{
    private const int LowBits = 12;

    private readonly TemporaryTable _table = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_bucket_holds_many_more_rows_than_lanes()
    {
        var keys = CollidingKeys(100);
        for (var row = 0; row < keys.Length; row++)
            Assert.True(File.InsertNew(keys[row], Bytes(row)));
        for (var row = 0; row < keys.Length; row++)
        {
            Assert.False(File.InsertNew(keys[row], Bytes(-1L)));
            Assert.Equal(row, File.GetLong(keys[row]));
        }
        var report = File.Verify();
        Assert.True(report.IsSound, report.ToString());
        Assert.InRange(report.OverflowBuckets, 100 / 7, 100 / 5);
    }

    [Fact]
    public void Rows_of_a_long_chain_can_be_deleted_in_any_order_and_come_back()
    {
        var keys = CollidingKeys(40);
        for (var seed = 1; seed <= 5; seed++)
        {
            var order = new Random(seed);
            foreach (var key in keys)
                File.Insert(key, Pattern(20, seed));
            var shuffled = keys.ToArray();
            order.Shuffle(shuffled);
            var left = keys.Length;
            foreach (var key in shuffled)
            {
                Assert.True(File.Delete(key));
                Assert.False(File.Contains(key));
                Assert.Equal(--left, File.Rows().Count);
            }
            _table.RequireSound(rows: 0);
        }
    }

    [Fact]
    public void A_row_in_the_middle_of_a_chain_is_replaced_where_it_is()
    {
        var keys = CollidingKeys(30);
        foreach (var key in keys)
            File.Insert(key, "short"u8);
        foreach (var key in keys)
        {
            File.Insert(key, Pattern(300));
            Assert.Equal(Pattern(300), File.Get(key));
        }
        _table.RequireSound(rows: 30);
    }

    [Fact]
    public void Keys_of_one_bucket_go_into_one_batch()
    {
        var plan = new BatchPlan();
        foreach (var key in CollidingKeys(50))
            plan.Insert(key, "batch"u8);
        Assert.True(File.Commit(plan, onlyIfAllNew: true));
        _table.RequireSound(rows: 50);
        plan.Clear();
        foreach (var key in CollidingKeys(50))
            plan.Delete(key);
        Assert.True(File.Commit(plan));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_chain_that_was_emptied_is_filled_again_without_new_overflow_buckets()
    {
        var keys = CollidingKeys(60);
        foreach (var key in keys)
            File.Insert(key, Bytes(1L));
        var overflows = File.Verify().OverflowBuckets;
        foreach (var key in keys)
            File.Delete(key);
        foreach (var key in Enumerable.Reverse(keys))
            File.Insert(key, Bytes(2L));
        Assert.Equal(overflows, File.Verify().OverflowBuckets);
        _table.RequireSound(rows: 60);
    }

    [Fact]
    public void Two_keys_of_one_hash_tag_and_bucket_are_told_apart_by_their_bytes()
    {
        var (seed0, seed1) = Seeds();
        var byTag = new Dictionary<ulong, byte[]>();
        var pairs = 0;
        for (var number = 0L; pairs < 5; number++)
        {
            var hash = KeyHash.Of(Bytes(number), seed0, seed1);
            if (!byTag.TryAdd((hash >> 48 << 6) | (hash & 63), Bytes(number)))
            {
                pairs++;
                var other = byTag[(hash >> 48 << 6) | (hash & 63)];
                File.Insert(Bytes(number), "one"u8);
                Assert.False(File.Contains(other));
                File.Insert(other, "other"u8);
                File.RequireValue(Bytes(number), "one"u8);
                File.RequireValue(other, "other"u8);
                Assert.True(File.Delete(other));
                File.RequireValue(Bytes(number), "one"u8);
            }
        }
        _table.RequireSound(rows: 5);
    }

    private byte[][] CollidingKeys(int count)
    {
        var (seed0, seed1) = Seeds();
        return
        [
            .. Enumerable.Range(0, int.MaxValue).Select(number => Bytes((long)number))
                .Where(key => (KeyHash.Of(key, seed0, seed1) & ((1UL << LowBits) - 1)) == 5).Take(count),
        ];
    }

    private unsafe (ulong, ulong) Seeds()
    {
        using var file = TableFileHandle.Open(_table.Path, writable: false);
        Span<byte> header = stackalloc byte[sizeof(TableHeader)];
        RandomAccess.Read(file, header, 0);
        return (BitConverter.ToUInt64(header[64..]), BitConverter.ToUInt64(header[72..]));
    }
}
