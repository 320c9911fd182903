namespace EtsPersist.Mmf.Client.Tests;

public sealed class TypedRowTests : IDisposable
{
    private readonly TypedTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void Numbers_under_numbers() =>
        RequireAllOperations(number => (long)number, number => number * 3L);

    [Fact]
    public void Structs_under_strings() =>
        RequireAllOperations(number => $"key {number}", number => new Point(number, number / 2.0, (byte)number));

    [Fact]
    public void Records_under_guids() =>
        RequireAllOperations(number => new Guid(number, 2, 3, new byte[8]), number => new Account($"owner {number}", number, [number, number + 1]), SameAccount);

    [Fact]
    public void Strings_under_tuples() =>
        RequireAllOperations(number => (number, $"part {number}"), number => new string('v', number % 700));

    [Fact]
    public void Numbers_under_structs() =>
        RequireAllOperations(number => new Cell(number, -number), number => number);

    [Fact]
    public void Bytes_under_small_numbers() =>
        RequireAllOperations(number => (short)number, number => Enumerable.Repeat((byte)number, number % 600).ToArray(), (left, right) => left.SequenceEqual(right));

    [Fact]
    public void Booleans_under_enums() =>
        RequireAllOperations(number => (Level)number, number => number % 2 == 0);

    [Fact]
    public void Long_values_are_read_and_taken_whole()
    {
        using var table = _tables.Open<string, byte[]>();
        foreach (var length in new[] { 0, 255, 256, 257, 5_000, 1 << 20 })
        {
            var value = new byte[length];
            new Random(length).NextBytes(value);
            table.Insert("key", value);
            Assert.True(table.TryGet("key", out var read));
            Assert.Equal(value, read);
            Assert.True(table.Take("key", out var taken));
            Assert.Equal(value, taken);
            Assert.False(table.ContainsKey("key"));
        }
    }

    [Fact]
    public void Long_keys_are_keys_like_others()
    {
        using var table = _tables.Open<string, int>();
        var key = new string('ä', 10_000);
        Assert.True(table.InsertNew(key, 5));
        Assert.True(table.TryGet(key, out var value));
        Assert.Equal(5, value);
        Assert.Equal(key, Assert.Single(table).Key);
        Assert.True(table.Delete(key));
        Assert.Throws<KeyTooLargeException>(() => table.Insert(new string('ä', 20_000), 5));
        Assert.Throws<KeyTooLargeException>(() => table.CreateBatch().Delete(new string('ä', 20_000)));
    }

    [Fact]
    public void A_value_that_is_too_long_is_refused_by_name()
    {
        using var table = _tables.Open<string, byte[]>();
        Assert.Throws<ValueTooLargeException>(() => table.Insert("key", new byte[(16 << 20) + 1]));
        Assert.False(table.ContainsKey("key"));
    }

    [Fact]
    public void A_row_that_is_not_there_is_no_row()
    {
        using var table = _tables.Open<int, string>();
        Assert.False(table.TryGet(1, out var value));
        Assert.Null(value);
        Assert.False(table.Take(1, out value));
        Assert.Null(value);
        Assert.Empty(table.Lookup(1));
        Assert.False(table.Delete(1));
        Assert.Empty(table);
    }

    [Fact]
    public void Two_instances_see_each_others_rows()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        using var writer = tables.Own<string, Account>();
        using var reader = tables.Open<string, Account>(writable: false);
        writer.Insert("alice", new Account("alice", 5, [1]));
        Assert.True(reader.TryGet("alice", out var account));
        Assert.Equal(5, account.Balance);
        Assert.ThrowsAny<EtsException>(() => reader.Insert("bob", account));
    }

    [Fact]
    public void A_table_knows_what_it_is()
    {
        using var table = _tables.Own<string, long>();
        Assert.Equal(("rows", TableKind.Set, TableAccess.Public), (table.Name, table.Kind, table.Access));
        Assert.Equal(1U, table.Transfer!.Epoch);
        Assert.True(table.BytesReserved > 0);
        Assert.Equal("key: string; value: int64", table.Schema.ToString());
        Assert.Null(_tables.Open<string, long>().Transfer);
    }

    private void RequireAllOperations<TKey, TValue>(Func<int, TKey> key, Func<int, TValue> value, Func<TValue, TValue, bool>? same = null)
    {
        const int Rows = 1_500;
        same ??= EqualityComparer<TValue>.Default.Equals;
        using var table = _tables.Open<TKey, TValue>();
        for (var row = 0; row < Rows; row++)
            Assert.True(table.InsertNew(key(row), value(row)));
        for (var row = 0; row < Rows; row += 3)
            table.Insert(key(row), value(row + 1));
        Assert.Equal(Rows, table.Count);
        for (var row = 0; row < Rows; row++)
        {
            Assert.False(table.InsertNew(key(row), value(row)));
            Assert.True(table.TryGet(key(row), out var read));
            Assert.True(same(value(row % 3 == 0 ? row + 1 : row), read));
            Assert.True(same(read, Assert.Single(table.Lookup(key(row)))));
        }
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => key(row)!.ToString()).Order(), table.Select(row => row.Key!.ToString()).Order());
        foreach (var (found, read) in table)
        {
            Assert.True(table.TryGet(found, out var again));
            Assert.True(same(again, read));
        }
        Assert.True(table.Take(key(7), out var taken));
        Assert.True(same(value(7), taken));
        Assert.False(table.ContainsKey(key(7)));
        Assert.True(table.ContainsKey(key(8)));
        table.Commit(table.CreateBatch().Insert(key(7), value(70)).Delete(key(8)));
        Assert.True(table.TryGet(key(7), out var fromBatch));
        Assert.True(same(value(70), fromBatch));
        Assert.False(table.ContainsKey(key(8)));
        for (var row = 0; row < Rows; row++)
            Assert.Equal(row != 8, table.Delete(key(row)));
        Assert.Equal(0, table.Count);
        Assert.Empty(table);
    }

    private static bool SameAccount(Account left, Account right) =>
        left.Owner == right.Owner && left.Balance == right.Balance && left.Parts.SequenceEqual(right.Parts);

    private enum Level : ushort
    {
        None,
    }

    private readonly record struct Point(int X, double Y, byte Z);

    private readonly record struct Cell(int Row, int Column);

    private sealed record Account(string Owner, long Balance, int[] Parts);
}
