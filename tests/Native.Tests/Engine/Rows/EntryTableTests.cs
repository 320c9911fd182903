using System.Collections.Concurrent;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Operations;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Tables whose rows are so small, and always of one size, that they lie in the buckets themselves.</summary>
public sealed class EntryTableTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    public static TheoryData<int, int> Sizes => new() { { 8, 8 }, { 1, 1 }, { 4, 8 }, { 8, 4 }, { 3, 5 }, { 8, 1 } };

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void The_format_of_rows_is_decided_once_for_every_instance()
    {
        var other = _table.OpenAgain();
        var reader = _table.OpenAgain(writable: false);
        Assert.Null(reader.Get(Bytes(1L)));
        Assert.Empty(reader.Rows());
        Assert.True(File.DecideRowFormat(8, 8));
        Assert.True(other.DecideRowFormat(8, 8));
        Assert.False(other.DecideRowFormat(8, 4));
        Assert.False(other.DecideRowFormat(-1, -1));
        other.Insert(Bytes(1L), Bytes(2L));
        Assert.Equal(2, reader.GetLong(Bytes(1L)));
        Assert.Equal(2, _table.OpenAgain().GetLong(Bytes(1L)));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void Without_a_decision_the_first_write_decides_for_records()
    {
        File.Insert(Bytes(1L), Bytes(2L));
        Assert.False(File.DecideRowFormat(8, 8));
        Assert.True(File.DecideRowFormat(-1, 8));
        Assert.True(File.DecideRowFormat(8, 9));
        Assert.True(File.DecideRowFormat(0, 8));
        File.Insert("a longer key"u8, "and a value of another length"u8);
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void Of_many_that_decide_at_once_all_agree()
    {
        var instances = Enumerable.Range(0, 4).Select(_ => _table.OpenAgain()).ToArray();
        var answers = new bool[4];
        Parallel.For(0, 4, i => answers[i] = instances[i].DecideRowFormat(8, i % 2 == 0 ? 8 : 4));
        Assert.Equal(2, answers.Count(agreed => agreed));
        Assert.Equal(answers[0], answers[2]);
        Assert.NotEqual(answers[0], answers[1]);
    }

    [Fact]
    public void Rows_of_another_size_are_refused_and_change_nothing()
    {
        Assert.True(File.DecideRowFormat(8, 4));
        File.Insert(Bytes(1L), "abcd"u8);
        var error = Assert.Throws<TableSchemaException>(() => File.Insert(Bytes(1L), "abc"u8));
        Assert.Contains("words", error.Message, StringComparison.Ordinal);
        Assert.Throws<TableSchemaException>(() => File.Insert("key"u8, "abcd"u8));
        Assert.Throws<TableSchemaException>(() => File.InsertNew(Bytes(1L), "abcde"u8));
        Assert.ThrowsAny<EtsException>(() => File.UpdateCounter(Bytes(1L), 1, 0, Long));
        var plan = new BatchPlan();
        plan.Insert(Bytes(2L), "abcd"u8);
        plan.Insert("key"u8, "abcd"u8);
        Assert.Throws<TableSchemaException>(() => File.Commit(plan));
        plan.Clear();
        plan.Insert(Bytes(2L), "abcd"u8);
        plan.Insert(Bytes(3L), "abcde"u8);
        Assert.Throws<TableSchemaException>(() => File.Commit(plan));
        Assert.False(File.Contains("key"u8));
        File.RequireValue(Bytes(1L), "abcd"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void Operations_give_what_they_give_for_records()
    {
        Assert.True(File.DecideRowFormat(8, 8));
        Assert.True(File.InsertNew(Bytes(1L), Bytes(10L)));
        Assert.False(File.InsertNew(Bytes(1L), Bytes(11L)));
        File.Insert(Bytes(1L), Bytes(12L));
        Assert.Equal(12, File.GetLong(Bytes(1L)));
        Assert.Equal(15, File.UpdateCounter(Bytes(1L), 3, null, Long));
        Assert.Equal(101, File.UpdateCounter(Bytes(2L), 1, 100, Long));
        Assert.Throws<CounterException>(() => File.UpdateCounter(Bytes(3L), 1, null, Long));
        Assert.Throws<CounterException>(() => File.UpdateCounter(Bytes(2L), long.MaxValue, null, Long));
        Assert.Equal(ReadStatus.DestinationTooSmall, File.Read(Bytes(1L), new byte[7], out var length));
        Assert.Equal(8, length);
        Assert.Equal(ReadStatus.DestinationTooSmall, File.Take(Bytes(1L), new byte[7], out length));
        Assert.Equal(8, length);
        var taken = new byte[10];
        Assert.Equal(ReadStatus.Found, File.Take(Bytes(1L), taken, out length));
        Assert.Equal(15, BitConverter.ToInt64(taken));
        Assert.Equal([0, 0], taken[8..]);
        Assert.Equal(ReadStatus.Missing, File.Take(Bytes(1L), taken, out _));
        Assert.True(File.Delete(Bytes(2L)));
        Assert.False(File.Delete(Bytes(2L)));
        Assert.Equal(0, File.Count);
        _table.RequireSound(rows: 0);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Any_program_of_operations_gives_what_a_dictionary_gives(int keyBytes, int valueBytes)
    {
        Assert.True(File.DecideRowFormat(keyBytes, valueBytes));
        var random = new Random((keyBytes * 10) + valueBytes);
        var model = new Dictionary<string, byte[]>();
        var plan = new BatchPlan { Counters = new CounterFormat(valueBytes, IsSigned: false) };
        for (var step = 0; step < 30_000; step++)
        {
            var key = Key(random);
            var name = Convert.ToHexString(key);
            switch (random.Next(9))
            {
                case < 4:
                    model[name] = Value(random);
                    File.Insert(key, model[name]);
                    break;
                case 4:
                    var value = Value(random);
                    Assert.Equal(model.TryAdd(name, value), File.InsertNew(key, value));
                    break;
                case 5:
                    Assert.Equal(model.Remove(name), File.Delete(key));
                    break;
                case 6:
                    plan.Clear();
                    for (var i = random.Next(20); i >= 0; i--)
                        AddToBatch(plan, Key(random));
                    Assert.True(File.Commit(plan));
                    break;
                default:
                    Assert.Equal(model.GetValueOrDefault(name), File.Get(key));
                    break;
            }
        }
        Assert.Equal(model.Count, File.Count);
        Assert.Equal(
            model.Select(row => (row.Key, Convert.ToHexString(row.Value))).Order(),
            File.Rows().Select(row => (Convert.ToHexString(row.Key), Convert.ToHexString(row.Value))).Order());
        _table.RequireSound(rows: model.Count);

        byte[] Key(Random from)
        {
            var key = new byte[keyBytes];
            BitConverter.GetBytes(from.Next(8_000)).AsSpan(0, Math.Min(keyBytes, 4)).CopyTo(key);
            return key;
        }

        byte[] Value(Random from)
        {
            var value = new byte[valueBytes];
            from.NextBytes(value);
            return value;
        }

        void AddToBatch(BatchPlan batch, byte[] key)
        {
            var name = Convert.ToHexString(key);
            if (random.Next(3) == 0)
            {
                batch.Delete(key);
                model.Remove(name);
                return;
            }
            model[name] = Value(random);
            batch.Insert(key, model[name]);
        }
    }

    [Fact]
    public void A_batch_of_everything_on_entries_comes_in_order_and_together()
    {
        Assert.True(File.DecideRowFormat(8, 8));
        File.Insert(Bytes(1L), Bytes(1L));
        File.Insert(Bytes(2L), Bytes(2L));
        var plan = new BatchPlan();
        plan.Insert(Bytes(1L), Bytes(10L));
        plan.UpdateCounter(Bytes(1L), 5, null);
        plan.Delete(Bytes(2L));
        plan.UpdateCounter(Bytes(2L), 7, 70);
        plan.Insert(Bytes(3L), Bytes(3L));
        plan.Delete(Bytes(3L));
        plan.UpdateCounter(Bytes(4L), 1, 0);
        Assert.True(File.Commit(plan));
        Assert.Equal(15, File.GetLong(Bytes(1L)));
        Assert.Equal(77, File.GetLong(Bytes(2L)));
        Assert.Null(File.GetLong(Bytes(3L)));
        Assert.Equal(1, File.GetLong(Bytes(4L)));
        Assert.False(File.Commit(plan, onlyIfAllNew: true));
        plan.UpdateCounter(Bytes(5L), 1, null);
        Assert.Throws<CounterException>(() => File.Commit(plan));
        _table.RequireSound(rows: 3);
    }

    [Fact]
    public void A_large_batch_fills_and_empties_chains()
    {
        const int Rows = 10_000;
        Assert.True(File.DecideRowFormat(8, 8));
        var plan = new BatchPlan();
        for (var row = 0; row < Rows; row++)
            plan.Insert(Bytes(row), Bytes(row));
        Assert.True(File.Commit(plan, onlyIfAllNew: true));
        _table.RequireSound(rows: Rows);
        for (var row = 0; row < Rows; row++)
            Assert.Equal(row, File.GetLong(Bytes(row)));
        plan.Clear();
        for (var row = 0; row < Rows; row++)
            plan.Delete(Bytes(row));
        Assert.True(File.Commit(plan));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Bytes_do_not_grow_when_the_same_rows_come_and_go()
    {
        Assert.True(File.DecideRowFormat(8, 8));
        long settled = 0;
        var plan = new BatchPlan();
        for (var round = 0; round < 100; round++)
        {
            plan.Clear();
            for (var row = 0; row < 1_000; row++)
            {
                if (row % 2 == 0)
                    File.Insert(Bytes(row), Bytes(round));
                else
                    plan.Insert(Bytes(row), Bytes(round));
            }
            File.Commit(plan);
            for (var row = 0; row < 1_000; row++)
                Assert.True(File.Delete(Bytes(row)));
            if (round == 5)
                settled = File.BytesUsed;
            else if (round > 5)
                Assert.Equal(settled, File.BytesUsed);
        }
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public async Task A_scan_sees_each_stable_row_exactly_once_while_others_come_and_go_in_batches_and_the_table_grows()
    {
        const int Stable = 2_000;
        const long First = 1L << 32;
        const long Span = 300_000; // then the same numbers come again: however slow the passes are, the table does not grow for ever
        Assert.True(File.DecideRowFormat(8, 8));
        for (var row = 0; row < Stable; row++)
            File.Insert(Bytes(row), Bytes(row));
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(() => ComeAndGo(stop.Token), TaskCreationOptions.LongRunning);
        for (var pass = 0; pass < 40; pass++)
        {
            var seen = new HashSet<long>();
            foreach (var (key, value) in File.Rows())
            {
                var number = BitConverter.ToInt64(key);
                Assert.Equal(number, BitConverter.ToInt64(value));
                Assert.True(seen.Add(number), $"row {number} twice in pass {pass}");
            }
            Assert.Equal(Stable, seen.Count(number => number < Stable));
        }
        await stop.CancelAsync();
        await writer;
        _table.RequireSound();

        void ComeAndGo(CancellationToken until)
        {
            var plan = new BatchPlan();
            for (var step = 0L; !until.IsCancellationRequested; step += 10)
            {
                var number = First + (step % Span);
                plan.Clear();
                for (var i = number; i < number + 10; i++)
                {
                    plan.Insert(Bytes(i), Bytes(i));
                    if (i % 3 != 0)
                        plan.Delete(Bytes(i - 200));
                }
                File.Commit(plan);
                File.Delete(Bytes(number - 200));
            }
        }
    }

    [Fact]
    public void Threads_and_instances_that_count_together_lose_nothing_while_the_table_grows()
    {
        const int Each = 20_000;
        Assert.True(File.DecideRowFormat(8, 8));
        var other = _table.OpenAgain();
        var expected = new ConcurrentDictionary<long, long>();
        Parallel.For(0, 4, thread =>
        {
            var file = thread % 2 == 0 ? File : other;
            var random = new Random(thread);
            var plan = new BatchPlan();
            for (var i = 0; i < Each; i++)
            {
                var number = (long)random.Next(i / 4 + 1);
                if (i % 10 == 0)
                {
                    plan.Clear();
                    plan.UpdateCounter(Bytes(number), 1, 0);
                    plan.UpdateCounter(Bytes(number + 1), 1, 0);
                    file.Commit(plan);
                    expected.AddOrUpdate(number + 1, 1, (_, count) => count + 1);
                }
                else
                {
                    file.UpdateCounter(Bytes(number), 1, 0, Long);
                }
                expected.AddOrUpdate(number, 1, (_, count) => count + 1);
            }
        });
        Assert.Equal(
            expected.Select(row => (row.Key, row.Value)).Order(),
            File.Rows().Select(row => (BitConverter.ToInt64(row.Key), BitConverter.ToInt64(row.Value))).Order());
        _table.RequireSound(rows: expected.Count);
    }

    [Fact]
    public async Task A_reader_never_sees_new_and_then_old_of_one_batch()
    {
        Assert.True(File.DecideRowFormat(8, 8));
        byte[][] keys = [.. Enumerable.Range(0, 6).Select(i => Bytes(i * 7919L))];
        Write(0);
        using var stop = new CancellationTokenSource();
        var reader = Task.Factory.StartNew(() =>
        {
            for (var pass = 0; pass == 0 || !stop.IsCancellationRequested; pass++)
            {
                var last = 0L;
                foreach (var key in pass % 2 == 0 ? keys : Enumerable.Reverse(keys))
                {
                    var value = File.GetLong(key)!.Value;
                    Assert.True(value >= last, $"{value} after {last}");
                    last = value;
                }
            }
        }, TaskCreationOptions.LongRunning);
        for (var round = 1; round <= 5_000 && !reader.IsFaulted; round++)
            Write(round);
        await stop.CancelAsync();
        await reader;
        _table.RequireSound(rows: keys.Length);

        void Write(long round)
        {
            var plan = new BatchPlan();
            foreach (var key in keys)
                plan.Insert(key, Bytes(round));
            File.Commit(plan);
        }
    }
}
