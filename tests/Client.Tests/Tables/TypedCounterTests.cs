using System.Numerics;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class TypedCounterTests : IDisposable
{
    private readonly TypedTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void Bytes_count() => RequireCounter<byte>();

    [Fact]
    public void Signed_bytes_count() => RequireCounter<sbyte>();

    [Fact]
    public void Shorts_count() => RequireCounter<short>();

    [Fact]
    public void Unsigned_shorts_count() => RequireCounter<ushort>();

    [Fact]
    public void Ints_count() => RequireCounter<int>();

    [Fact]
    public void Unsigned_ints_count() => RequireCounter<uint>();

    [Fact]
    public void Longs_count() => RequireCounter<long>();

    [Fact]
    public void Unsigned_longs_count() => RequireCounter<ulong>();

    [Fact]
    public void Doubles_do_not_count() => RequireNoCounter(1.5);

    [Fact]
    public void Strings_do_not_count() => RequireNoCounter("1");

    [Fact]
    public void Enums_do_not_count() => RequireNoCounter(DayOfWeek.Monday);

    [Fact]
    public void Decimals_do_not_count() => RequireNoCounter(1m);

    [Fact]
    public void Records_do_not_count() => RequireNoCounter(new Score(1));

    [Fact]
    public void Counters_of_a_batch_count_together_or_not_at_all()
    {
        using var table = _tables.Open<string, long>();
        table.Insert("a", 1);
        var batch = table.CreateBatch().UpdateCounter("a", 2).UpdateCounter("b", 5, 100).UpdateCounter("b", 1);
        Assert.Equal(3, batch.Count);
        table.Commit(batch);
        Assert.Equal((3L, 106L), (Value(table, "a"), Value(table, "b")));
        batch.UpdateCounter("missing", 1);
        Assert.Throws<CounterException>(() => table.Commit(batch));
        Assert.Equal((3L, 106L), (Value(table, "a"), Value(table, "b")));
        Assert.Equal(2, table.Count);
    }

    private static TValue Value<TValue>(EtsTable<string, TValue> table, string key)
    {
        Assert.True(table.TryGet(key, out var value));
        return value;
    }

    private void RequireCounter<TValue>() where TValue : IBinaryInteger<TValue>, IMinMaxValue<TValue>
    {
        using var table = _tables.Open<string, TValue>();
        Assert.Throws<CounterException>(() => table.UpdateCounter("n", 1));
        Assert.False(table.ContainsKey("n"));
        Assert.Equal(11, table.UpdateCounter("n", 1, 10));
        Assert.Equal(6, table.UpdateCounter("n", -5, 10));
        Assert.Equal(TValue.CreateChecked(6), Value(table, "n"));
        table.Insert("n", TValue.MaxValue);
        Assert.Throws<CounterException>(() => table.UpdateCounter("n", 1));
        Assert.Equal(TValue.MaxValue, Value(table, "n"));
        table.UpdateCounter("n", -1);
        Assert.Equal(TValue.MaxValue - TValue.One, Value(table, "n"));
        table.Insert("n", TValue.MinValue);
        Assert.Throws<CounterException>(() => table.UpdateCounter("n", -1));
        table.Commit(table.CreateBatch().UpdateCounter("n", 1));
        Assert.Equal(TValue.MinValue + TValue.One, Value(table, "n"));
    }

    private void RequireNoCounter<TValue>(TValue value)
    {
        using var table = _tables.Open<string, TValue>();
        table.Insert("n", value);
        var error = Assert.Throws<CounterException>(() => table.UpdateCounter("n", 1));
        Assert.Contains(typeof(TValue).Name, error.Message, StringComparison.Ordinal);
        Assert.Throws<CounterException>(() => table.UpdateCounter("n", 1, 0));
        Assert.Throws<CounterException>(() => table.CreateBatch().UpdateCounter("n", 1));
        Assert.Throws<CounterException>(() => table.CreateBatch().UpdateCounter("n", 1, 0));
        Assert.Equal(value, Value(table, "n"));
    }

    private sealed record Score(long Points);
}
