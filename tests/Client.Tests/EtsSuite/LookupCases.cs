namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>The group <c>lookup</c>.</summary>
public sealed class LookupCases : KindTests
{
    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "lookup_order")]
    public void Every_order_of_insertions_and_deletions_leaves_the_rest_in_its_order(TableKind kind)
    {
        using var table = Create(kind).Open<(int, int, int), long>();
        RunAll(table, kind);
        table.DeleteAll();
        using (table.Pin()) RunAll(table, kind);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "member")]
    public void A_key_is_a_member_as_long_as_it_has_rows(TableKind kind)
    {
        using var table = Create(kind).Open<string, long>();
        Assert.False(table.ContainsKey("other"));
        for (var key = 1L; key <= 10_000; key++) table.Insert($"{key}", key % 10);
        Assert.False(table.ContainsKey("other"));
        Assert.True(table.ContainsKey("1"));
        Assert.False(table.ContainsKey("20000"));
        table.Delete("5");
        Assert.False(table.ContainsKey("5"));
        using (table.Pin())
        {
            table.Delete("6");
            Assert.False(table.ContainsKey("6"));
        }
        Assert.False(table.ContainsKey("6"));
        table.Dispose();
        Assert.Throws<ObjectDisposedException>(() => table.ContainsKey("1"));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "lookup_element_mult")]
    public void An_element_is_looked_up_in_all_rows_of_a_key_that_is_not_their_first_member(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Service>();
        table.InsertMany([
            new("service", "eddie4", "150.236.14.108", "httpd88"), new("service", "eddie2", "150.236.14.103", "httpd80"),
            new("service", "eddie2", "150.236.14.104", "httpd88"), new("other", "eddie2", "150.236.14.103", "httpd88"),
        ]);
        string[] addresses = ["150.236.14.103", "150.236.14.104", "150.236.14.103"];
        for (var round = 0; round < 3; round++) Assert.Equal(addresses, table.LookupElements("eddie2", service => service.Address));
        Assert.Equal(["eddie2", "eddie2", "eddie2"], table.LookupElements("eddie2", service => service.Host));
        Assert.Throws<KeyMissingException>(() => table.LookupElements("eddie3", service => service.Address));
    }

    [Theory]
    [MemberData(nameof(Bags))]
    [Trait("ets_SUITE", "lookup_element_default")]
    public void A_default_is_returned_as_it_is_and_only_where_the_key_is_missing(TableKind kind)
    {
        using var table = Create(kind).Open<string, long>();
        foreach (var value in (long[])[42, 42, 43]) table.Insert("key", value);
        Assert.Equal(kind == TableKind.Bag ? [42L, 43] : [42L, 42, 43], table.LookupElements("key", value => value, [13]));
        long[] missing = [13];
        Assert.Same(missing, table.LookupElements("other", value => value, missing));
    }

    [Fact]
    [Trait("ets_SUITE", "otp_5340")]
    public void A_bag_keeps_the_order_of_each_key_while_it_grows()
    {
        using var table = Numbers(TableKind.Bag);
        for (var value = 1L; value <= 5; value++)
        {
            for (var key = 3000L; key > 0; key--) table.Insert(key, value);
        }
        foreach (var rows in table.ToList().GroupBy(row => row.Key))
            Assert.Equal([1L, 2, 3, 4, 5], rows.Select(row => row.Value));
        Assert.Equal(15_000, table.Count);
    }

    [Fact]
    [Trait("ets_SUITE", "otp_7665")]
    public void A_key_of_a_bag_is_deleted_whole_after_one_of_its_objects_was()
    {
        using var table = Create(TableKind.Bag).Open<string, long>();
        for (var deleted = 0L; deleted <= 10; deleted++)
        {
            var all = Enumerable.Range(0, 11).Select(value => (long)value);
            table.InsertMany(all.Select(value => KeyValuePair.Create("key", value)));
            Assert.Equal(1, table.DeleteObject("key", deleted));
            Assert.Equal(all.Where(value => value != deleted), table.Lookup("key"));
            Assert.Equal(all.Where(value => value != deleted), table.LookupElements("key", value => value));
            Assert.True(table.Delete("key"));
            Assert.Empty(table.Lookup("key"));
        }
    }

    [Fact]
    [Trait("ets_SUITE", "hash_clash")]
    public void Two_tables_do_not_hash_alike()
    {
        using var one = Numbers(TableKind.Set, 200);
        using var other = Numbers(TableKind.Set, 200);
        Assert.NotEqual(one.Select(row => row.Key), other.Select(row => row.Key));
    }

    private static void RunAll(EtsTable<(int, int, int), long> table, TableKind kind)
    {
        (long First, long Second)[] pairs = [(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)];
        for (var one = 1; one <= 3; one++)
        {
            for (var two = 0; two < pairs.Length; two++)
            {
                for (var three = 0; three < pairs.Length; three++)
                    Run(new OrderedObjects(table, (one, two, three), kind), one, pairs[two], pairs[three]);
            }
        }
    }

    private static void Run(OrderedObjects objects, long one, (long First, long Second) two, (long First, long Second) three)
    {
        foreach (var value in (long[])[1, 2, 3]) objects.Insert(value);
        objects.Delete(one);
        objects.Insert(one);
        objects.Insert(one);
        objects.Delete(two.First);
        objects.Delete(two.Second);
        objects.Insert(two.First);
        objects.Delete(three.First);
        objects.Delete(three.Second);
        objects.InsertNew(three.Second);
    }

    private sealed record Service(string Name, [property: EtsKey] string Host, string Address, string Server);
}
