using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class ConcurrencyTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task A_scan_sees_each_stable_row_exactly_once_while_others_come_and_go_and_the_table_grows()
    {
        const int Stable = 3_000;
        for (var row = 0; row < Stable; row++)
            File.Insert(Bytes(row), Bytes(row));
        using var stop = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        var writer = Task.Factory.StartNew(() => ComeAndGo(started, stop.Token), TaskCreationOptions.LongRunning);
        started.Wait(TimeSpan.FromSeconds(30));
        var bucketsBefore = File.BytesUsed;
        for (var pass = 0; pass < 30; pass++)
        {
            var seen = new HashSet<long>();
            foreach (var (key, value) in File.Rows())
            {
                var number = BitConverter.ToInt64(key);
                if (number >= Stable)
                    continue;
                Assert.Equal(number, BitConverter.ToInt64(value));
                Assert.True(seen.Add(number), $"row {number} twice in pass {pass}");
            }
            Assert.Equal(Stable, seen.Count);
        }
        await stop.CancelAsync();
        await writer;
        Assert.True(File.BytesUsed > bucketsBefore);
        _table.RequireSound();
    }

    [Fact]
    public void Threads_that_write_rows_of_their_own_find_them_all()
    {
        const int Threads = 4;
        var models = new Dictionary<long, byte[]>[Threads];
        Parallel.For(0, Threads, thread => models[thread] = Churn(File, thread));
        RequireModels(models);
    }

    [Fact]
    public void Two_instances_of_one_file_are_two_participants()
    {
        var other = _table.OpenAgain();
        Assert.NotEqual(File.Attach(), other.Attach());
        Assert.Equal(2, File.Participants().Count);
        var models = new Dictionary<long, byte[]>[4];
        Parallel.For(0, 4, thread => models[thread] = Churn(thread % 2 == 0 ? File : other, thread));
        RequireModels(models);
        other.Dispose();
        Assert.Single(File.Participants());
        _table.RequireSound();
    }

    [Fact]
    public void Many_threads_on_one_key_leave_one_row()
    {
        var inserted = 0;
        var deleted = 0;
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                if (File.InsertNew("key"u8, Pattern(10 + thread)))
                    Interlocked.Increment(ref inserted);
                if (File.Delete("key"u8))
                    Interlocked.Increment(ref deleted);
            }
        });
        Assert.Equal(inserted - deleted, File.Contains("key"u8) ? 1 : 0);
        _table.RequireSound(rows: inserted - deleted);
    }

    [Fact]
    public async Task A_reader_sees_whole_values_only()
    {
        using var stop = new CancellationTokenSource();
        File.Insert("key"u8, Uniform(0));
        var reader = Task.Factory.StartNew(() =>
        {
            var destination = new byte[4096];
            do
            {
                Assert.Equal(ReadStatus.Found, File.Read("key"u8, destination, out var length));
                Assert.Equal(-1, destination.AsSpan(0, length).IndexOfAnyExcept(destination[0]));
                Assert.Equal(Uniform(destination[0]).Length, length);
            }
            while (!stop.IsCancellationRequested);
        }, TaskCreationOptions.LongRunning);
        for (var i = 0; i < 20_000 && !reader.IsFaulted; i++)
            File.Insert("key"u8, Uniform(i));
        await stop.CancelAsync();
        await reader;
        _table.RequireSound(rows: 1);

        static byte[] Uniform(int number) => [.. Enumerable.Repeat((byte)number, 9 + (byte)number)];
    }

    [Fact]
    public void More_threads_than_journals_take_turns()
    {
        using var start = new Barrier(24);
        var threads = Enumerable.Range(0, 24).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < 500; i++)
                File.UpdateCounter(Bytes(i % 7), 1, 0, Long);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "a writer got no journal");
        Assert.Equal(24 * 500, File.Rows().Sum(row => BitConverter.ToInt64(row.Value)));
        _table.RequireSound(rows: 7);
    }

    private void ComeAndGo(ManualResetEventSlim started, CancellationToken stop)
    {
        const long First = 1L << 32;
        const long Span = 300_000; // then the same numbers come again: however long it lasts, the table does not grow for ever
        const int Window = 500;
        for (var step = 0L; !stop.IsCancellationRequested; step++)
        {
            var number = First + (step % Span);
            File.Insert(Bytes(number), Pattern((int)(number % 40)));
            if (number % 3 != 0)
                File.Delete(Bytes(number - Window));
            if (number % 64 == 0)
                started.Set();
        }
    }

    private static Dictionary<long, byte[]> Churn(TableFile file, int thread)
    {
        var random = new Random(thread);
        var model = new Dictionary<long, byte[]>();
        var plan = new BatchPlan();
        for (var i = 0; i < 8_000; i++)
        {
            var number = (random.Next(1_000) * 16L) + thread;
            switch (random.Next(5))
            {
                case 0:
                    Assert.Equal(model.Remove(number), file.Delete(Bytes(number)));
                    break;
                case 1:
                    plan.Clear();
                    plan.Insert(Bytes(number), Pattern(30, i));
                    plan.Delete(Bytes(number + 16));
                    file.Commit(plan);
                    model[number] = Pattern(30, i);
                    model.Remove(number + 16);
                    break;
                case 2:
                    Assert.Equal(model.GetValueOrDefault(number), file.Get(Bytes(number)));
                    break;
                default:
                    model[number] = Pattern(random.Next(60), i);
                    file.Insert(Bytes(number), model[number]);
                    break;
            }
        }
        return model;
    }

    private void RequireModels(Dictionary<long, byte[]>[] models)
    {
        var expected = models.SelectMany(model => model).Select(row => (row.Key, Convert.ToHexString(row.Value))).Order();
        Assert.Equal(expected, File.Rows().Select(row => (BitConverter.ToInt64(row.Key), Convert.ToHexString(row.Value))).Order());
        _table.RequireSound(rows: models.Sum(model => model.Count));
    }
}
