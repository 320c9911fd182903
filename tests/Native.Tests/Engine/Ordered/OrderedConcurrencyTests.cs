using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class OrderedConcurrencyTests : IDisposable
{
    private readonly TemporaryTable _table = new(kind: TableKind.OrderedSet);

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scan_sees_each_stable_row_exactly_once_and_in_order_while_leaves_split(bool backward)
    {
        const int Stable = 2_000;
        for (var row = 0; row < Stable; row++)
            File.Insert(Key(row << 16), Bytes(row));
        using var stop = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        var writer = Task.Factory.StartNew(() => FillBetween(Stable, started, stop.Token), TaskCreationOptions.LongRunning);
        started.Wait(TimeSpan.FromSeconds(30));
        var before = File.BytesUsed;
        using var reader = TableFile.Open(_table.Path, writable: false);
        for (var pass = 0; pass < 20; pass++)
        {
            var keys = reader.Range(backward: backward).ConvertAll(row => row[..16]);
            Assert.Equal(backward ? keys.OrderDescending(StringComparer.Ordinal) : keys.Order(StringComparer.Ordinal), keys);
            Assert.Equal(keys.Count, keys.Distinct().Count());
            Assert.Equal(Stable, keys.Count(key => key.EndsWith("0000", StringComparison.Ordinal)));
        }
        await stop.CancelAsync();
        await writer;
        Assert.True(File.BytesUsed > before);
        _table.RequireSound();
    }

    [Fact]
    public void Threads_that_write_among_each_other_find_all_their_rows()
    {
        const int Threads = 4;
        var models = new Dictionary<long, byte[]>[Threads];
        Parallel.For(0, Threads, thread => models[thread] = Churn(thread));
        var expected = models.SelectMany(model => model).Select(row => OrderedModel.Show(Key(row.Key), row.Value)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, File.Range());
        _table.RequireSound(rows: models.Sum(model => model.Count));
    }

    [Fact]
    public void Threads_that_append_at_one_end_lose_nothing()
    {
        var next = 0L;
        Parallel.For(0, 4, _ =>
        {
            for (var number = Interlocked.Increment(ref next); number <= 20_000; number = Interlocked.Increment(ref next))
                File.Insert(Key(number), Bytes(number));
        });
        Assert.Equal(Enumerable.Range(1, 20_000).Select(number => OrderedModel.Show(Key(number), Bytes((long)number))), File.Range());
        _table.RequireSound(rows: 20_000);
    }

    [Fact]
    public async Task Scans_of_the_leaf_that_a_writer_appends_to_wait_for_nobody()
    {
        const int Rows = 100_000;
        var last = 0L;
        var writer = Task.Factory.StartNew(
            () =>
            {
                for (var row = 1L; row <= Rows; row++)
                {
                    File.Insert(Key(row), Bytes(row));
                    Volatile.Write(ref last, row);
                }
            },
            TaskCreationOptions.LongRunning);
        using var reader = TableFile.Open(_table.Path, writable: false);
        for (var seen = 0L; seen < Rows;)
        {
            seen = Volatile.Read(ref last);
            Assert.InRange(reader.Range((Key(seen), IsInclusive: true)).Count, seen == 0 ? 0 : 1, Rows);
        }
        await writer;
        Assert.Equal(0, reader.ReaderWaits);
    }

    [Fact]
    public async Task A_batch_over_many_leaves_is_seen_whole_or_not_at_all()
    {
        long[] accounts = [.. Enumerable.Range(0, 40).Select(account => account * 100L)];
        for (var row = 0L; row < 4_000; row++)
            File.Insert(Key(row), Bytes(0L));
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(() => WriteRounds(accounts, stop.Token), TaskCreationOptions.LongRunning);
        var destination = new byte[sizeof(long)];
        for (var i = 0; i < 3_000; i++)
        {
            var first = Read(accounts[^1], destination);
            Assert.True(Read(accounts[0], destination) >= first, "a batch was seen in part");
        }
        await stop.CancelAsync();
        await writer;
        _table.RequireSound();
    }

    private void WriteRounds(long[] accounts, CancellationToken stop)
    {
        var plan = new BatchPlan();
        for (var round = 1L; !stop.IsCancellationRequested; round++)
        {
            plan.Clear();
            foreach (var account in accounts)
                plan.Insert(Key(account), Bytes(round));
            plan.Insert(Key((1L << 40) + round), Bytes(round));
            File.Commit(plan);
        }
    }

    private long Read(long account, byte[] destination)
    {
        Assert.Equal(ReadStatus.Found, File.Read(Key(account), destination, out _));
        return BitConverter.ToInt64(destination);
    }

    private void FillBetween(int stable, ManualResetEventSlim started, CancellationToken stop)
    {
        var random = new Random(1);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            File.Insert(Key(((long)random.Next(stable) << 16) + 1 + random.Next(60)), Pattern(number % 40));
            if (number % 4 == 0)
                File.Delete(Key(((long)random.Next(stable) << 16) + 1 + random.Next(60)));
            if (number == 64)
                started.Set();
        }
    }

    private Dictionary<long, byte[]> Churn(int thread)
    {
        var random = new Random(thread);
        var model = new Dictionary<long, byte[]>();
        var plan = new BatchPlan();
        for (var i = 0; i < 6_000; i++)
        {
            var number = (random.Next(2_000) * 4L) + thread;
            switch (random.Next(5))
            {
                case 0:
                    Assert.Equal(model.Remove(number), File.Delete(Key(number)));
                    break;
                case 1:
                    plan.Clear();
                    plan.Insert(Key(number), Pattern(30, i));
                    plan.Delete(Key(number + 4));
                    plan.Insert(Key(number + 4_000), Pattern(3, i));
                    File.Commit(plan);
                    model[number] = Pattern(30, i);
                    model.Remove(number + 4);
                    model[number + 4_000] = Pattern(3, i);
                    break;
                case 2:
                    Assert.Equal(model.GetValueOrDefault(number), File.Get(Key(number)));
                    break;
                default:
                    model[number] = Pattern(random.Next(60), i);
                    File.Insert(Key(number), model[number]);
                    break;
            }
        }
        return model;
    }

    private static byte[] Key(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
