namespace EtsPersist.Mmf.Client.Tests;

public sealed class FoldTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "foldl")]
    [Trait("ets_SUITE", "foldr")]
    [Trait("ets_SUITE", "tab2list")]
    public void A_fold_goes_through_all_rows(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        Assert.Equal(499_500, table.Fold(0L, (sum, row) => sum + row.Value));
        Assert.Equal(499_500, table.FoldBack(0L, (sum, row) => sum + row.Value));
        Assert.Equal(table.ToList(), [.. table]);
        Assert.Equal(1_000, table.ToList().Count);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "fold_empty")]
    public void A_fold_over_nothing_is_its_seed(TableKind kind)
    {
        using var table = Numbers(kind);
        Assert.Equal("seed", table.Fold("seed", (_, _) => "other"));
        Assert.Equal("seed", table.FoldBack("seed", (_, _) => "other"));
        Assert.Empty(table.ToList());
    }

    [Fact]
    [Trait("ets_SUITE", "foldl_ordered")]
    [Trait("ets_SUITE", "foldr_ordered")]
    public void An_ordered_table_is_folded_in_order_and_back()
    {
        using var table = Numbers(TableKind.OrderedSet, 10);
        Assert.Equal("0123456789", table.Fold("", (text, row) => text + row.Key));
        Assert.Equal("9876543210", table.FoldBack("", (text, row) => text + row.Key));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_fold_may_insert_and_delete(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        var old = table.Fold(0, (count, row) =>
        {
            if (row.Key >= 1_000)
                return count;
            table.Insert(row.Key + 1_000, 0);
            table.Delete(row.Key);
            return count + 1;
        });
        Assert.Equal((1_000, 1_000L), (old, table.Count));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "fold_badarg")]
    public void What_the_function_throws_ends_the_fold(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        var calls = 0;
        Assert.Throws<InvalidTimeZoneException>(() => table.Fold(0, (_, _) => calls++ < 3 ? 0 : throw new InvalidTimeZoneException()));
        Assert.Equal(4, calls);
        Assert.Throws<ArgumentNullException>(() => table.Fold<int>(0, null!));
    }
}
