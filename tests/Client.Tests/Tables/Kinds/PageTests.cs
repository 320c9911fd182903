namespace EtsPersist.Mmf.Client.Tests;

public sealed class PageTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "otp_6842_select_1000")]
    public void Pages_bring_every_row_once(TableKind kind)
    {
        using var table = Numbers(kind, 1_000);
        foreach (var limit in new[] { 1, 7, 999, 1_000, 1_001 })
        {
            var pages = Pages(table, limit);
            Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Count));
            Assert.Equal(Enumerable.Range(0, 1_000).Select(number => (long)number), pages.SelectMany(page => page).Order());
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_page_with_fewer_rows_than_asked_for_is_the_last_one(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        var first = table.SelectPage(_ => true, 7);
        Assert.Equal(7, first.Rows.Count);
        var second = table.SelectPage(_ => true, 7, first.Continuation);
        Assert.Equal(3, second.Rows.Count);
        Assert.Null(second.Continuation);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_full_last_page_has_an_empty_one_behind_it(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        var all = table.SelectPage(_ => true, 10);
        Assert.NotNull(all.Continuation);
        var behind = table.SelectPage(_ => true, 10, all.Continuation);
        Assert.Empty(behind.Rows);
        Assert.Null(behind.Continuation);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_table_without_hits_has_one_empty_page(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        var page = table.SelectPage(_ => false, 5);
        Assert.Empty(page.Rows);
        Assert.Null(page.Continuation);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "t_repair_continuation")]
    public void A_continuation_is_a_value_that_serves_twice_and_elsewhere(TableKind kind)
    {
        var tables = Create(kind);
        using var table = tables.Open<long, long>();
        for (var number = 0L; number < 100; number++)
            table.Insert(number, number);
        var continuation = table.SelectPage(_ => true, 40).Continuation!;
        var once = table.SelectPage(_ => true, 40, continuation);
        Assert.Equal(once.Rows, table.SelectPage(_ => true, 40, continuation).Rows);
        using var reader = tables.Open<long, long>(writable: false);
        var sent = EtsContinuation.Parse(continuation.ToString());
        Assert.Equal(continuation, sent);
        Assert.Equal(once.Rows, reader.SelectPage(_ => true, 40, sent).Rows);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void The_row_at_which_a_page_ended_may_be_gone(TableKind kind)
    {
        using var table = Numbers(kind, 100);
        var first = table.SelectPage(_ => true, 40);
        foreach (var row in first.Rows)
            table.Delete(row.Key);
        var rest = table.SelectPage(_ => true, 100, first.Continuation);
        Assert.Equal(60, rest.Rows.Count);
        Assert.Empty(rest.Rows.Intersect(first.Rows));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Rows_that_stay_are_seen_once_while_the_table_grows(TableKind kind)
    {
        using var table = Numbers(kind, 500);
        var seen = new List<long>();
        var newcomer = 500L;
        EtsContinuation? continuation = null;
        do
        {
            var page = table.SelectPage(row => row.Key < 500, 10, continuation);
            seen.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
            for (var more = 0; more < 200; more++, newcomer++)
                table.Insert(newcomer, newcomer);
        }
        while (continuation is not null);
        Assert.Equal(Enumerable.Range(0, 500).Select(number => (long)number), seen.Order());
    }

    [Fact]
    public void An_ordered_table_is_paged_in_order_and_sees_what_comes_ahead()
    {
        using var table = Numbers(TableKind.OrderedSet, 10);
        var first = table.SelectPage(_ => true, 5);
        table.Insert(-1, -1);
        table.Insert(100, 100);
        Assert.Equal([5L, 6, 7, 8, 9, 100], table.SelectPage(_ => true, 50, first.Continuation).Rows.Select(row => row.Key));
        var down = table.SelectPageDescending(_ => true, 3);
        Assert.Equal([100L, 9, 8], down.Rows.Select(row => row.Key));
        Assert.Equal([7L, 6], table.SelectPageDescending(_ => true, 2, down.Continuation).Rows.Select(row => row.Key));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_continuation_goes_one_way(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        var continuation = table.SelectPage(_ => true, 5).Continuation;
        Assert.Throws<ContinuationException>(() => table.SelectPageDescending(_ => true, 5, continuation));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_continuation_of_another_table_of_the_same_name_is_refused(TableKind kind)
    {
        using var table = Numbers(kind, 10);
        using var other = Numbers(kind, 10);
        var continuation = table.SelectPage(_ => true, 5).Continuation;
        var error = Assert.Throws<ContinuationException>(() => other.SelectPage(_ => true, 5, continuation));
        Assert.Contains("rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ets1.")]
    [InlineData("ets1.AAAA")]
    [InlineData("ets1.*")]
    [InlineData("ets2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_text_that_is_no_continuation_is_refused(string text)
    {
        Assert.False(EtsContinuation.TryParse(text, out _));
        Assert.Throws<ContinuationException>(() => EtsContinuation.Parse(text));
    }

    [Fact]
    [Trait("ets_SUITE", "select_fail")]
    public void A_page_has_room_for_one_row_at_least()
    {
        using var table = Numbers(TableKind.Set, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.SelectPage(_ => true, 0));
    }

    private static List<IReadOnlyList<long>> Pages(EtsTable<long, long> table, int limit)
    {
        var pages = new List<IReadOnlyList<long>>();
        EtsContinuation? continuation = null;
        do
        {
            var page = table.SelectPage(_ => true, limit, continuation);
            pages.Add([.. page.Rows.Select(row => row.Key)]);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return pages;
    }
}
