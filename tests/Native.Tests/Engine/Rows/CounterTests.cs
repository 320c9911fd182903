using EtsPersist.Mmf.Native.Engine.Operations;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class CounterTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    /// <summary>Bytes, sign, lowest and highest value. The highest of 8 bytes without a sign is told as -1.</summary>
    public static TheoryData<int, bool, long, long> Formats => new()
    {
        { 1, true, sbyte.MinValue, sbyte.MaxValue },
        { 1, false, 0, byte.MaxValue },
        { 2, true, short.MinValue, short.MaxValue },
        { 2, false, 0, ushort.MaxValue },
        { 4, true, int.MinValue, int.MaxValue },
        { 4, false, 0, uint.MaxValue },
        { 8, true, long.MinValue, long.MaxValue },
        { 8, false, 0, -1 },
    };

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_counter_adds_and_returns_the_new_value()
    {
        File.Insert("n"u8, Bytes(5L));
        Assert.Equal(12, File.UpdateCounter("n"u8, 7, null, Long));
        Assert.Equal(2, File.UpdateCounter("n"u8, -10, null, Long));
        Assert.Equal(2, File.GetLong("n"u8));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_missing_counter_without_an_initial_value_is_an_error()
    {
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, 1, null, Long));
        Assert.False(File.Contains("n"u8));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_missing_counter_begins_at_its_initial_value()
    {
        Assert.Equal(101, File.UpdateCounter("n"u8, 1, 100, Long));
        Assert.Equal(102, File.UpdateCounter("n"u8, 1, 100, Long));
        _table.RequireSound(rows: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_counter_goes_to_its_limits_and_not_beyond(int bytes, bool isSigned, long lowest, long highest)
    {
        var format = new CounterFormat(bytes, isSigned);
        Span<byte> value = stackalloc byte[8];
        BitConverter.TryWriteBytes(value, highest - 1);
        File.Insert("n"u8, value[..bytes]);
        Assert.Equal(highest, File.UpdateCounter("n"u8, 1, null, format));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, 1, null, format));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, long.MaxValue, null, format));
        Assert.Equal(highest, File.UpdateCounter("n"u8, 0, null, format));

        BitConverter.TryWriteBytes(value, lowest + 1);
        File.Insert("n"u8, value[..bytes]);
        Assert.Equal(lowest, File.UpdateCounter("n"u8, -1, null, format));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, -1, null, format));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, long.MinValue, null, format));
        Assert.Equal(lowest, File.UpdateCounter("n"u8, 0, null, format));
        Assert.Equal(bytes, File.Get("n"u8)!.Length);
        _table.RequireSound(rows: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_counter_that_begins_has_the_length_of_its_format(int bytes, bool isSigned, long lowest, long highest)
    {
        Assert.True(highest is -1 || lowest < highest);
        Assert.Equal(9, File.UpdateCounter("n"u8, 4, 5, new CounterFormat(bytes, isSigned)));
        Assert.Equal([9, .. new byte[bytes - 1]], File.Get("n"u8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(100)]
    public void A_value_of_another_width_is_no_counter_and_stays(int length)
    {
        File.Insert("n"u8, Pattern(length));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, 1, null, Long));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, 1, 0, Long));
        Assert.Equal(Pattern(length), File.Get("n"u8));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void An_initial_value_that_does_not_fit_with_the_increment_leaves_no_row()
    {
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, 1, 255, new CounterFormat(1, IsSigned: false)));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, -1, 0, new CounterFormat(2, IsSigned: false)));
        Assert.Throws<CounterException>(() => File.UpdateCounter("n"u8, 1, long.MaxValue, Long));
        Assert.False(File.Contains("n"u8));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Threads_that_count_together_lose_nothing()
    {
        const int Each = 20_000;
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < Each; i++)
                File.UpdateCounter("n"u8, 1, 0, Long);
        });
        Assert.Equal(4 * Each, File.GetLong("n"u8));
        _table.RequireSound(rows: 1);
    }
}
