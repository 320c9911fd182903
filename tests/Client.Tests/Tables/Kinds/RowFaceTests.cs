namespace EtsPersist.Mmf.Client.Tests;

public sealed class RowFaceTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "keypos2")]
    public void Rows_lie_under_the_member_that_is_marked_as_the_key(TableKind kind)
    {
        var tables = Create(kind);
        using var table = tables.OpenRows<Account>();
        table.Insert(new Account(5, "bob", "Bonn"));
        Assert.True(table.InsertNew(new Account(7, "alice", "Aachen")));
        Assert.False(table.InsertNew(new Account(8, "alice", "Berlin")));
        Assert.True(table.ContainsKey("alice"));
        Assert.Equal(new Account(7, "alice", "Aachen"), Assert.Single(table.Lookup("alice")));
        using var pairs = tables.Open<string, Account>();
        Assert.Equal(new Account(5, "bob", "Bonn"), Assert.Single(pairs.Lookup("bob")));
        Assert.Equal(["alice", "bob"], table.Select(account => account.Owner).Order());
        Assert.Equal("key: string; value: Account { 1 Balance: int64, 2 Owner: string, 3 City: string }", table.Schema.ToString());
        table.Insert(new Account(6, "bob", "Berlin"));
        Assert.Equal(kind is TableKind.Set or TableKind.OrderedSet ? [6L] : [5L, 6], table.LookupElements("bob", account => account.Balance));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void The_first_member_is_the_key_if_none_is_marked(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Reading>();
        table.Insert(new Reading(1, 1.5));
        table.Insert(new Reading(1, 2.5));
        Assert.Equal(new Reading(1, 2.5), Assert.Single(table));
        Assert.True(table.TryGet(1L, out var reading));
        Assert.Equal(2.5, reading.Value);
        Assert.False(table.TryGet(2L, out _));
    }

    [Fact]
    public void An_integer_of_another_type_is_a_key_if_it_fits_and_nothing_else_is()
    {
        using var table = Create(TableKind.Set).OpenRows<Reading>();
        table.Insert(new Reading(5, 1.5));
        Assert.True(table.ContainsKey(5));
        Assert.True(table.ContainsKey((byte)5));
        Assert.True(table.Delete(5UL));
        var error = Assert.Throws<ArgumentException>(() => table.ContainsKey("5"));
        Assert.Contains("Int64", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sensor", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table.ContainsKey(ulong.MaxValue));
        Assert.Throws<ArgumentException>(() => table.ContainsKey((string?)null));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter_with_default")]
    public void Members_change_and_the_key_does_not(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Account>();
        table.UpdateElement("bob", account => account.City, "Bonn", new Account(1, "somebody", "nowhere"));
        Assert.Equal(4, table.UpdateCounter("bob", account => account.Balance, 3));
        Assert.Equal(12, table.UpdateCounter("eve", account => account.Balance, 2, new Account(10, "somebody", "nowhere")));
        Assert.Equal(new Account(4, "bob", "Bonn"), Assert.Single(table.Lookup("bob")));
        Assert.Equal(new Account(12, "eve", "nowhere"), Assert.Single(table.Lookup("eve")));
        Assert.Throws<KeyChangedException>(() => table.UpdateElement("bob", account => account.Owner, "rob"));
        Assert.Throws<KeyChangedException>(() => table.UpdateElement("bob", account => account, new Account(1, "rob", "")));
        Assert.Throws<KeyChangedException>(() => table.Update("bob", account => account with { Owner = "rob" }));
        Assert.Throws<KeyChangedException>(() => table.SelectReplace(_ => true, account => account with { Owner = "rob" }));
        Assert.Throws<KeyChangedException>(() => table.CompareExchange(new Account(4, "bob", "Bonn"), new Account(4, "rob", "Bonn")));
        Assert.Equal(2, table.Count);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Rows_are_updated_by_functions(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Account>();
        Assert.Equal(1, table.InsertOrUpdate(new Account(1, "bob", ""), account => account with { Balance = account.Balance + 1 }).Balance);
        Assert.Equal(2, table.InsertOrUpdate(new Account(1, "bob", ""), account => account with { Balance = account.Balance + 1 }).Balance);
        Assert.True(table.Update("bob", 5, (account, more) => account with { Balance = account.Balance + more }));
        Assert.False(table.Update("eve", account => account));
        Assert.True(table.CompareExchange(new Account(7, "bob", ""), new Account(8, "bob", "Bonn")));
        Assert.Equal("Bonn", table.LookupElement("bob", account => account.City));
        Assert.Equal("none", table.LookupElement("eve", account => account.City, "none"));
        Assert.Throws<KeyMissingException>(() => table.LookupElement("eve", account => account.City));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Rows_are_taken_deleted_and_walked_through(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Reading>();
        table.InsertMany(Enumerable.Range(0, 100).Select(number => new Reading(number, number)));
        var seen = new List<long>();
        for (var rows = table.FirstLookup(); rows.Count != 0; rows = table.NextLookup(rows[0].Sensor))
            seen.Add(Assert.Single(rows).Sensor);
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (long)number), seen.Order());
        Assert.Single(table.LastLookup());
        Assert.Single(table.PreviousLookup(table.LastLookup()[0].Sensor));
        Assert.Equal([1.0, 5], table.GetMany([1, 200, 5]).Select(reading => reading.Value));
        Assert.Equal([5.0], table.LookupElements(5, reading => reading.Value));
        Assert.Equal(1, table.DeleteObject(new Reading(1, 1)));
        Assert.Equal(0, table.DeleteObject(new Reading(2, 1)));
        Assert.Equal(3, Assert.Single(table.TakeAll(3)).Value);
        Assert.True(table.Delete(4));
        table.Commit(table.CreateBatch().Insert(new Reading(200, 1)).Delete(5));
        Assert.False(table.CommitIfAllNew(table.CreateBatch().Insert(new Reading(200, 1))));
        Assert.Equal(97, table.Count);
        Assert.Equal(97, table.Fold(0, (count, _) => count + 1));
        table.DeleteAll();
        Assert.Empty(table.FirstLookup());
    }

    [Fact]
    public void Ranges_of_rows_are_in_order()
    {
        using var table = Create(TableKind.OrderedSet).OpenRows<Reading>();
        table.InsertMany(Enumerable.Range(0, 100).Select(number => new Reading(number, number)));
        Assert.Equal([10L, 11], table.Range(10, 12).Select(reading => reading.Sensor));
        Assert.Equal([12L, 11, 10], table.RangeDescending(10, 12, inclusive: true).Select(reading => reading.Sensor));
        Assert.Equal(99, Assert.Single(table.LastLookup()).Sensor);
        Assert.True(table.Take(99, out var taken));
        Assert.Equal(99, taken.Value);
    }

    [Fact]
    public void What_has_no_key_cannot_be_a_row()
    {
        var tables = Create(TableKind.Set);
        var error = Assert.Throws<UnsupportedTypeException>(() => tables.OpenRows<TwoKeys>());
        Assert.Contains(nameof(TwoKeys.Second), error.Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedTypeException>(() => tables.OpenRows<long>());
        using var table = tables.OpenRows<Account>();
        Assert.Throws<ArgumentNullException>(() => table.Insert(null!));
        Assert.Throws<ArgumentNullException>(() => table.Insert(new Account(1, null!, "")));
    }

    private sealed record Account(long Balance, [EtsKey] string Owner, string City);

    private readonly record struct Reading(long Sensor, double Value);

    private sealed record TwoKeys([property: EtsKey] int First, [property: EtsKey] int Second);
}
