using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class RowOperationTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    public static TheoryData<int> KeyLengths => [0, 1, 7, 8, 9, 15, 16, 17, 255, 32 << 10];

    public static TheoryData<int> ValueLengths => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 511, 512, 513, 1 << 10, 1 << 20, 16 << 20];

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_new_table_is_empty()
    {
        Assert.Equal(0, File.Count);
        Assert.Empty(File.Rows());
        Assert.Equal(ReadStatus.Missing, File.Read("a"u8, new byte[8], out _));
        Assert.False(File.Contains("a"u8));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_table_knows_what_it_is()
    {
        Assert.Equal(("words", 1UL, TableKind.Set, TableAccess.Public), (File.Name, File.Incarnation, File.Kind, File.Access));
        Assert.NotEqual(Guid.Empty, File.Id);
        Assert.Equal(256L << 20, File.Capacity);
        Assert.False(File.IsDropped);
        Assert.False(File.IsOwner);
        using var other = _table.OpenAgain(writable: false);
        Assert.Equal((File.Name, File.Incarnation, File.Kind, File.Access, File.Id), (other.Name, other.Incarnation, other.Kind, other.Access, other.Id));
    }

    [Fact]
    public void Insert_stores_and_replaces()
    {
        File.Insert("a"u8, "one"u8);
        File.RequireValue("a"u8, "one"u8);
        File.Insert("a"u8, "another"u8);
        File.RequireValue("a"u8, "another"u8);
        Assert.Equal(1, File.Count);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void InsertNew_stores_only_what_is_not_there()
    {
        Assert.True(File.InsertNew("a"u8, "one"u8));
        Assert.False(File.InsertNew("a"u8, "two"u8));
        Assert.False(File.InsertNew("a"u8, Pattern(2000)));
        File.RequireValue("a"u8, "one"u8);
        Assert.True(File.Delete("a"u8));
        Assert.True(File.InsertNew("a"u8, "two"u8));
        File.RequireValue("a"u8, "two"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void Delete_says_whether_there_was_a_row()
    {
        Assert.False(File.Delete("a"u8));
        File.Insert("a"u8, "one"u8);
        Assert.True(File.Delete("a"u8));
        Assert.False(File.Delete("a"u8));
        Assert.Null(File.Get("a"u8));
        Assert.Equal(0, File.Count);
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Read_into_a_destination_that_is_too_small_tells_the_length_and_copies_nothing()
    {
        File.Insert("a"u8, "12345"u8);
        var destination = new byte[] { 9, 9, 9, 9 };
        Assert.Equal(ReadStatus.DestinationTooSmall, File.Read("a"u8, destination, out var length));
        Assert.Equal(5, length);
        Assert.Equal([9, 9, 9, 9], destination);
        Assert.Equal(ReadStatus.Found, File.Read("a"u8, new byte[5], out length));
        Assert.Equal(5, length);
    }

    [Fact]
    public void Read_leaves_what_lies_behind_the_value_alone()
    {
        for (var bytes = 0; bytes <= 9; bytes++)
        {
            File.Insert("a"u8, Pattern(bytes));
            var destination = Enumerable.Repeat((byte)0xEE, 16).ToArray();
            Assert.Equal(ReadStatus.Found, File.Read("a"u8, destination, out var length));
            Assert.Equal(Pattern(bytes), destination.AsSpan(0, length));
            Assert.Equal(-1, destination.AsSpan(length).IndexOfAnyExcept((byte)0xEE));
        }
    }

    [Fact]
    public void Take_copies_and_removes()
    {
        File.Insert("a"u8, "12345"u8);
        var destination = new byte[5];
        Assert.Equal(ReadStatus.Found, File.Take("a"u8, destination, out var length));
        Assert.Equal(5, length);
        Assert.Equal("12345"u8, destination);
        Assert.Equal(ReadStatus.Missing, File.Take("a"u8, destination, out length));
        Assert.Equal(0, length);
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Take_keeps_what_does_not_fit()
    {
        File.Insert("a"u8, "12345"u8);
        Assert.Equal(ReadStatus.DestinationTooSmall, File.Take("a"u8, new byte[4], out var length));
        Assert.Equal(5, length);
        File.RequireValue("a"u8, "12345"u8);
        _table.RequireSound(rows: 1);
    }

    [Theory]
    [MemberData(nameof(KeyLengths))]
    public void Keys_of_every_length_are_kept_and_told_apart(int length)
    {
        var key = Pattern(length);
        File.Insert(key, "one"u8);
        File.Insert([.. key.Take((32 << 10) - 1), 0], "longer"u8);
        File.RequireValue(key, "one"u8);
        if (length > 0)
        {
            File.Insert(key.AsSpan(0, key.Length - 1), "shorter"u8);
            File.RequireValue(key, "one"u8);
            File.RequireValue(key.AsSpan(0, key.Length - 1), "shorter"u8);
        }
        Assert.True(File.Delete(key));
        Assert.False(File.Contains(key));
        _table.RequireSound();
    }

    [Theory]
    [MemberData(nameof(ValueLengths))]
    public void Values_of_every_length_are_kept_replaced_and_taken(int length)
    {
        var (first, second) = (Pattern(length, 1), Pattern(length, 2));
        File.Insert("a"u8, first);
        Assert.Equal(first, File.Get("a"u8));
        File.Insert("a"u8, second);
        Assert.Equal(second, File.Get("a"u8));
        File.Insert("a"u8, "another length"u8);
        File.Insert("a"u8, first);
        var taken = new byte[length];
        Assert.Equal(ReadStatus.Found, File.Take("a"u8, taken, out var takenBytes));
        Assert.Equal(length, takenBytes);
        Assert.Equal(first, taken);
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_key_over_the_limit_is_refused_by_every_write_and_found_by_no_read()
    {
        var key = new byte[(32 << 10) + 1];
        var error = Assert.Throws<KeyTooLargeException>(() => File.Insert(key, "1"u8));
        Assert.Contains("32769", error.Message, StringComparison.Ordinal);
        Assert.Throws<KeyTooLargeException>(() => File.InsertNew(key, "1"u8));
        Assert.Throws<KeyTooLargeException>(() => File.Delete(key));
        Assert.Throws<KeyTooLargeException>(() => File.Take(key, new byte[8], out _));
        Assert.Throws<KeyTooLargeException>(() => File.UpdateCounter(key, 1, 0, Long));
        Assert.False(File.Contains(key));
        Assert.Equal(ReadStatus.Missing, File.Read(key, new byte[8], out _));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_value_over_the_limit_is_refused_and_changes_nothing()
    {
        File.Insert("a"u8, "1"u8);
        var error = Assert.Throws<ValueTooLargeException>(() => File.Insert("a"u8, new byte[(16 << 20) + 1]));
        Assert.Contains("16777217", error.Message, StringComparison.Ordinal);
        Assert.Throws<ValueTooLargeException>(() => File.InsertNew("b"u8, new byte[(16 << 20) + 1]));
        File.RequireValue("a"u8, "1"u8);
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void A_full_table_refuses_with_a_typed_error_keeps_its_rows_and_goes_on_after_deletions()
    {
        using var small = new TemporaryTable(maximumBytes: 16 << 20);
        var rows = 0;
        var error = Assert.Throws<TableFullException>((Action)FillUp);
        Assert.Contains(small.Path, error.Message, StringComparison.Ordinal);
        Assert.InRange(rows, 50, 200);
        small.RequireSound(rows);
        Assert.Throws<TableFullException>(() => small.File.Commit(PlanOf(rows, 3)));
        small.RequireSound(rows);
        for (var row = 0; row < rows; row++)
            Assert.Equal(Pattern(50_000, row), small.File.Get(Bytes(row)));
        Assert.True(small.File.Delete(Bytes(7)));
        small.File.Insert(Bytes(rows), Pattern(50_000, rows));
        small.RequireSound(rows);

        void FillUp()
        {
            for (; ; rows++)
                small.File.Insert(Bytes(rows), Pattern(50_000, rows));
        }

        static BatchPlan PlanOf(int first, int count)
        {
            var plan = new BatchPlan();
            for (var row = first; row < first + count; row++)
                plan.Insert(Bytes(row), Pattern(50_000, row));
            return plan;
        }
    }

    [Fact]
    public void Reading_keys_and_values_of_a_fixed_size_allocates_nothing()
    {
        File.Insert(Bytes(1L), Bytes(2L));
        Assert.Equal(0, Allocated(() =>
        {
            Span<byte> key = stackalloc byte[8];
            Span<byte> value = stackalloc byte[8];
            BitConverter.TryWriteBytes(key, 1L);
            File.Read(key, value, out _);
            File.Contains(key);
        }));
    }

    [Fact]
    public void Writing_keys_and_values_of_a_fixed_size_allocates_nothing()
    {
        Assert.Equal(0, Allocated(() =>
        {
            Span<byte> key = stackalloc byte[8];
            Span<byte> value = stackalloc byte[8];
            BitConverter.TryWriteBytes(key, 1L);
            File.Insert(key, value);
            File.UpdateCounter(key, 1, null, Long);
            File.Take(key, value, out _);
            File.InsertNew(key, value);
            File.Delete(key);
        }));
    }

    private static long Allocated(Action operation)
    {
        for (var warm = 0; warm < 200; warm++)
            operation();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 200; round++)
            operation();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
