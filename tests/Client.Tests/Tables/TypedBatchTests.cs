namespace EtsPersist.Mmf.Client.Tests;

public sealed class TypedBatchTests : IDisposable
{
    private readonly TypedTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void A_batch_is_filled_committed_cleared_and_filled_again()
    {
        using var table = _tables.Open<string, string>();
        var batch = table.CreateBatch();
        table.Commit(batch);
        Assert.Equal(0, table.Count);
        table.Commit(batch.Insert("a", "1").Insert("b", "2").Insert("a", "3"));
        Assert.Equal(3, batch.Count);
        Assert.Equal(["3", "2"], [table.Lookup("a")[0], table.Lookup("b")[0]]);
        batch.Clear();
        Assert.Equal(0, batch.Count);
        table.Commit(batch.Delete("a").Delete("nothing").Insert("b", "4"));
        Assert.Equal("4", Assert.Single(table).Value);
    }

    [Fact]
    public void A_batch_of_new_rows_is_run_only_if_all_are_new()
    {
        using var table = _tables.Open<int, string>();
        var batch = table.CreateBatch().Insert(1, "a").Insert(2, "b");
        Assert.True(table.CommitIfAllNew(batch));
        Assert.False(table.CommitIfAllNew(batch));
        batch.Clear();
        Assert.False(table.CommitIfAllNew(batch.Insert(3, "c").Insert(2, "c")));
        Assert.False(table.ContainsKey(3));
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void A_batch_is_refused_by_a_table_whose_keys_are_other_bytes_and_taken_by_one_whose_keys_are_the_same()
    {
        using var others = new TypedTables(kind: TableKind.OrderedSet);
        using var bags = new TypedTables(kind: TableKind.DuplicateBag);
        using var table = _tables.Open<long, string>();
        using var ordered = others.Open<long, string>();
        using var bag = bags.Open<long, string>();
        var batch = table.CreateBatch().Insert(1, "a");
        var error = Assert.Throws<ArgumentException>(() => ordered.Commit(batch));
        Assert.Contains("Make it by this table's CreateBatch.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ordered.CommitIfAllNew(batch));
        Assert.Throws<ArgumentException>(() => table.Commit(ordered.CreateBatch()));
        Assert.Equal(0, ordered.Count);
        table.Commit(batch);
        bag.Commit(batch);
        Assert.Equal(["a", "a"], [table.Lookup(1)[0], bag.Lookup(1)[0]]);
    }

    [Fact]
    public void A_batch_of_rows_is_refused_by_a_table_whose_keys_are_other_bytes()
    {
        using var others = new TypedTables(kind: TableKind.OrderedSet);
        using var table = _tables.OpenRows<Account>();
        using var ordered = others.OpenRows<Account>();
        Assert.Throws<ArgumentException>(() => ordered.Commit(table.CreateBatch().Insert(new Account(1, "a"))));
        Assert.Throws<ArgumentException>(() => table.CommitIfAllNew(ordered.CreateBatch()));
        Assert.Equal(0, ordered.Count);
    }

    [Fact]
    public void A_batch_holds_long_keys_and_values()
    {
        using var table = _tables.Open<string, string>();
        var (key, value) = (new string('k', 30_000), new string('v', 3_000_000));
        table.Commit(table.CreateBatch().Insert(key, value));
        Assert.Equal(value, Assert.Single(table.Lookup(key)));
    }

    [Fact]
    public void A_row_that_does_not_fit_leaves_the_batch_as_it_was()
    {
        using var table = _tables.Open<string, byte[]>();
        var batch = table.CreateBatch().Insert("a", [1]);
        Assert.Throws<ValueTooLargeException>(() => batch.Insert("b", new byte[(16 << 20) + 1]));
        Assert.Throws<KeyTooLargeException>(() => batch.Insert(new string('k', 40_000), []));
        Assert.Equal(1, batch.Count);
        table.Commit(batch);
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void A_missing_batch_is_an_error_of_the_caller()
    {
        using var table = _tables.Open<string, long>();
        Assert.Throws<ArgumentNullException>(() => table.Commit(null!));
        Assert.Throws<ArgumentNullException>(() => table.CommitIfAllNew(null!));
    }

    private sealed record Account(long Id, string Name);
}
