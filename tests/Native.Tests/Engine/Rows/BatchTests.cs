using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class BatchTests : IDisposable
{
    private readonly TemporaryTable _table = new();
    private readonly BatchPlan _plan = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void An_empty_batch_does_nothing()
    {
        Assert.True(File.Commit(_plan));
        Assert.True(File.Commit(_plan, onlyIfAllNew: true));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_batch_inserts_replaces_deletes_and_counts_together()
    {
        File.Insert("replaced"u8, "old"u8);
        File.Insert("deleted"u8, "old"u8);
        File.Insert("counter"u8, Bytes(5L));
        _plan.Insert("new"u8, "1"u8);
        _plan.Insert("replaced"u8, "another length"u8);
        _plan.Delete("deleted"u8);
        _plan.Delete("never there"u8);
        _plan.UpdateCounter("counter"u8, 2, null);
        _plan.UpdateCounter("begins"u8, 2, 40);
        Assert.Equal(6, _plan.Count);
        Assert.True(File.Commit(_plan));
        File.RequireValue("new"u8, "1"u8);
        File.RequireValue("replaced"u8, "another length"u8);
        Assert.Null(File.Get("deleted"u8));
        Assert.Null(File.Get("never there"u8));
        Assert.Equal(7, File.GetLong("counter"u8));
        Assert.Equal(42, File.GetLong("begins"u8));
        Assert.Equal(4, File.Count);
        _table.RequireSound(rows: 4);
    }

    [Fact]
    public void Operations_on_one_key_take_effect_in_the_order_in_which_they_were_added()
    {
        File.Insert("insert delete"u8, "old"u8);
        File.Insert("delete insert"u8, "old"u8);
        File.Insert("delete count"u8, Bytes(1000L));
        _plan.Insert("twice"u8, "first"u8);
        _plan.Insert("insert delete"u8, "new"u8);
        _plan.Delete("delete insert"u8);
        _plan.Delete("delete count"u8);
        _plan.Insert("insert count"u8, Bytes(10L));
        _plan.Insert("twice"u8, "second"u8);
        _plan.Delete("insert delete"u8);
        _plan.Insert("delete insert"u8, "new"u8);
        _plan.UpdateCounter("delete count"u8, 1, 5);
        _plan.UpdateCounter("insert count"u8, 1, 5);
        _plan.UpdateCounter("count count"u8, 1, 5);
        _plan.UpdateCounter("count count"u8, 2, null);
        _plan.UpdateCounter("count insert"u8, 1, 5);
        _plan.Insert("count insert"u8, "last"u8);
        _plan.UpdateCounter("count delete"u8, 1, 5);
        _plan.Delete("count delete"u8);
        Assert.True(File.Commit(_plan));
        File.RequireValue("twice"u8, "second"u8);
        Assert.Null(File.Get("insert delete"u8));
        File.RequireValue("delete insert"u8, "new"u8);
        Assert.Equal(6, File.GetLong("delete count"u8));
        Assert.Equal(11, File.GetLong("insert count"u8));
        Assert.Equal(8, File.GetLong("count count"u8));
        File.RequireValue("count insert"u8, "last"u8);
        Assert.Null(File.Get("count delete"u8));
        _table.RequireSound(rows: 6);
    }

    [Fact]
    public void A_batch_that_is_only_for_new_keys_does_nothing_if_one_is_there()
    {
        File.Insert("there"u8, "old"u8);
        foreach (var key in new[] { "a", "b", "there", "c" })
            _plan.Insert(Bytes(key), "new"u8);
        Assert.False(File.Commit(_plan, onlyIfAllNew: true));
        Assert.Null(File.Get("a"u8));
        File.RequireValue("there"u8, "old"u8);
        _table.RequireSound(rows: 1);
        Assert.True(File.Delete("there"u8));
        Assert.True(File.Commit(_plan, onlyIfAllNew: true));
        _table.RequireSound(rows: 4);
        Assert.False(File.Commit(_plan, onlyIfAllNew: true));
        _table.RequireSound(rows: 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_counter_that_fails_leaves_nothing_of_its_batch(bool isMissing)
    {
        File.Insert("kept"u8, "old"u8);
        if (!isMissing)
            File.Insert("counter"u8, Bytes(long.MaxValue));
        for (var row = 0; row < 50; row++)
            _plan.Insert(Bytes(row), "new"u8);
        _plan.Insert("kept"u8, "new"u8);
        _plan.UpdateCounter("counter"u8, 1, null);
        Assert.Throws<CounterException>(() => File.Commit(_plan));
        File.RequireValue("kept"u8, "old"u8);
        _table.RequireSound(rows: isMissing ? 1 : 2);
        File.Insert("counter"u8, Bytes(1L));
        Assert.True(File.Commit(_plan));
        Assert.Equal(2, File.GetLong("counter"u8));
        _table.RequireSound(rows: 52);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_counter_that_fails_fails_its_batch_whatever_follows_on_its_key(bool overflows, bool deletes)
    {
        if (overflows)
            File.Insert("counter"u8, Bytes(long.MaxValue));
        _plan.UpdateCounter("counter"u8, 1, null);
        if (deletes)
            _plan.Delete("counter"u8);
        else
            _plan.Insert("counter"u8, Bytes(5L));
        Assert.Throws<CounterException>(() => File.Commit(_plan));
        Assert.Equal(overflows ? long.MaxValue : null, File.GetLong("counter"u8));
        _table.RequireSound(rows: overflows ? 1 : 0);
    }

    [Fact]
    public void A_counter_of_a_value_of_another_width_fails_its_batch()
    {
        File.Insert("counter"u8, "123"u8);
        _plan.Insert("other"u8, "new"u8);
        _plan.UpdateCounter("counter"u8, 1, 0);
        Assert.Throws<CounterException>(() => File.Commit(_plan));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_plan_can_be_committed_again_and_cleared_and_filled_again()
    {
        _plan.UpdateCounter("counter"u8, 1, 0);
        Assert.True(File.Commit(_plan));
        Assert.True(File.Commit(_plan));
        Assert.Equal(2, File.GetLong("counter"u8));
        _plan.Clear();
        Assert.Equal(0, _plan.Count);
        _plan.Delete("counter"u8);
        Assert.True(File.Commit(_plan));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_batch_of_ten_thousand_operations_is_one()
    {
        const int Rows = 10_000;
        for (var row = 0; row < Rows; row++)
            _plan.Insert(Bytes(row), Bytes(row * 2L));
        Assert.True(File.Commit(_plan, onlyIfAllNew: true));
        _table.RequireSound(rows: Rows);
        _plan.Clear();
        for (var row = 0; row < Rows; row++)
        {
            if (row % 2 == 0)
                _plan.Delete(Bytes(row));
            else
                _plan.UpdateCounter(Bytes(row), 1, null);
        }
        Assert.True(File.Commit(_plan));
        _table.RequireSound(rows: Rows / 2);
        for (var row = 0; row < Rows; row++)
            Assert.Equal(row % 2 == 0 ? null : (row * 2L) + 1, File.GetLong(Bytes(row)));
    }

    [Fact]
    public void Large_values_and_empty_keys_go_into_batches_too()
    {
        _plan.Insert([], Pattern(100_000));
        _plan.Insert(Pattern(32 << 10), []);
        _plan.Insert("large"u8, Pattern(16 << 20));
        Assert.True(File.Commit(_plan));
        Assert.Equal(Pattern(100_000), File.Get([]));
        Assert.Empty(File.Get(Pattern(32 << 10))!);
        Assert.Equal(Pattern(16 << 20), File.Get("large"u8));
        Assert.Throws<KeyTooLargeException>(() => _plan.Insert(new byte[(32 << 10) + 1], []));
        Assert.Throws<KeyTooLargeException>(() => _plan.Delete(new byte[(32 << 10) + 1]));
        Assert.Throws<KeyTooLargeException>(() => _plan.UpdateCounter(new byte[(32 << 10) + 1], 1, 0));
        Assert.Throws<ValueTooLargeException>(() => _plan.Insert([], new byte[(16 << 20) + 1]));
        Assert.Equal(3, _plan.Count);
        _table.RequireSound(rows: 3);
    }

    [Fact]
    public void Rows_that_came_in_a_batch_can_be_replaced_counted_taken_and_deleted_like_others()
    {
        _plan.Insert("replaced"u8, "1"u8);
        _plan.Insert("counter"u8, Bytes(1L));
        _plan.Insert("taken"u8, "2"u8);
        _plan.Insert("deleted"u8, "3"u8);
        Assert.True(File.Commit(_plan));
        File.Insert("replaced"u8, "x"u8);
        Assert.Equal(2, File.UpdateCounter("counter"u8, 1, null, Long));
        Assert.Equal(ReadStatus.Found, File.Take("taken"u8, new byte[1], out _));
        Assert.True(File.Delete("deleted"u8));
        File.RequireValue("replaced"u8, "x"u8);
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void Batches_that_overlap_in_other_orders_do_not_wait_for_each_other_in_a_circle()
    {
        const int Rounds = 300;
        Parallel.For(0, 4, thread =>
        {
            var plan = new BatchPlan();
            for (var round = 0; round < Rounds; round++)
            {
                plan.Clear();
                for (var i = 0; i < 8; i++)
                    plan.UpdateCounter(Bytes((i * (thread + 1)) + round % 3), 1, 0);
                File.Commit(plan);
            }
        });
        Assert.Equal(4 * 8 * Rounds, File.Rows().Sum(row => BitConverter.ToInt64(row.Value)));
        _table.RequireSound();
    }

    [Fact]
    public async Task A_reader_never_sees_new_and_then_old_of_one_batch()
    {
        const int Rounds = 3_000;
        byte[][] keys = [.. Enumerable.Range(0, 6).Select(i => Bytes(i * 7919L))];
        Write(0);
        using var stop = new CancellationTokenSource();
        var reader = Task.Factory.StartNew(() =>
        {
            var passes = 0;
            while (!stop.IsCancellationRequested || passes == 0)
            {
                var last = long.MaxValue;
                foreach (var key in passes++ % 2 == 0 ? keys : Enumerable.Reverse(keys))
                {
                    var value = File.GetLong(key)!.Value;
                    if (last != long.MaxValue)
                        Assert.True(value >= last, $"{value} after {last}");
                    last = value;
                }
            }
        }, TaskCreationOptions.LongRunning);
        for (var round = 1; round <= Rounds && !reader.IsFaulted; round++)
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

    [Fact]
    public void A_batch_that_grows_too_large_says_so_and_stays_as_it_was()
    {
        var plan = new BatchPlan { MaximumBytes = 1000 };
        plan.Insert("a"u8, Pattern(500));
        plan.Delete("b"u8);
        var error = Assert.Throws<BatchTooLargeException>(() => plan.Insert("c"u8, Pattern(600)));
        Assert.Contains("1000", error.Message, StringComparison.Ordinal);
        Assert.Contains("another batch", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, plan.Count);
        plan.Insert("c"u8, Pattern(400));
        Assert.True(File.Commit(plan));
        File.RequireValue("a"u8, Pattern(500));
        File.RequireValue("c"u8, Pattern(400));
    }
}
