namespace EtsPersist.Mmf.Client.Tests;

public sealed class GetManyTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    public void The_rows_of_many_keys_come_in_the_order_of_the_keys(TableKind kind)
    {
        using var table = Items(kind);
        for (var number = 0; number < 500; number += 2)
            table.Insert($"key {number}", new Item(number, new string('t', number)));
        var keys = Enumerable.Range(0, 500).Reverse().Select(number => $"key {number}").Append(new string('k', 5_000));
        Assert.Equal(Enumerable.Range(0, 250).Select(number => 498L - (2 * number)), table.GetMany(keys).Select(row => row.Value.Count));
        Assert.Empty(table.GetMany([]));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    public void A_bag_brings_all_rows_of_each_key(TableKind kind)
    {
        using var table = Numbers(kind);
        table.InsertMany([new(1, 10), new(2, 20), new(1, 11)]);
        Assert.Equal([20L, 10, 11], table.GetMany([2, 3, 1]).Select(row => row.Value));
        Assert.Throws<TableKindException>(() => table.GetMany([1], new long[1], new bool[1]));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    public void Values_go_to_the_places_of_their_keys(TableKind kind)
    {
        using var table = Numbers(kind, 100);
        var keys = Enumerable.Range(50, 100).Select(number => (long)number).ToArray();
        var values = Enumerable.Repeat(-1L, 100).ToArray();
        var found = new bool[100];
        Assert.Equal(50, table.GetMany(keys, values, found));
        for (var place = 0; place < 100; place++)
            Assert.Equal((place < 50, place < 50 ? place + 50L : 0), (found[place], values[place]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.GetMany(keys, values, found.AsSpan(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.GetMany(keys, values.AsSpan(1), found));
    }

    [Fact]
    public void Numbers_are_read_without_allocation()
    {
        using var table = Numbers(TableKind.Set, 100);
        var keys = Enumerable.Range(0, 100).Select(number => (long)number).ToArray();
        var (values, found) = (new long[100], new bool[100]);
        for (var warm = 0; warm < 100; warm++)
            table.GetMany(keys, values, found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
            table.GetMany(keys, values, found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
