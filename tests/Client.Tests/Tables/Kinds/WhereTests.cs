namespace EtsPersist.Mmf.Client.Tests;

/// <summary>Each predicate counts the rows that it is asked about, by way of <see cref="Looked"/>.</summary>
public sealed class WhereTests : KindTests
{
    private const int Rows = 1_000;

    private int _looks;

    [Fact]
    public void Bounds_on_the_key_of_an_ordered_table_become_a_range()
    {
        using var table = Numbers(TableKind.OrderedSet, Rows);
        var (low, high) = (10L, 20L);
        RequireLooks(10, table.Where(row => row.Key >= low && row.Key < high && Looked()), Numbers(10, 20));
        RequireLooks(10, table.Where(row => low < row.Key && high >= row.Key && Looked()), Numbers(11, 21));
        RequireLooks(1, table.Where(row => row.Key == low + 5 && Looked()), Numbers(15, 16));
        RequireLooks(5, table.Where(row => row.Key >= 995 && Looked()), Numbers(995, 1_000));
        RequireLooks(5, table.Where(row => row.Key.CompareTo(5L) < 0 && Looked()), Numbers(0, 5));
        RequireLooks(3, table.Where(row => row.Key > 5 && Looked() && row.Key < 9), Numbers(6, 9));
        RequireLooks(10, table.Where(row => row.Key < 10 && Looked() && row.Value % 2 == 0), Numbers(0, 10).Where(number => number % 2 == 0));
        RequireLooks(0, table.Where(row => row.Key > high && row.Key < low && Looked()), []);
    }

    [Fact]
    [Trait("ets_SUITE", "partly_bound")]
    public void Anything_else_is_asked_of_each_row()
    {
        using var table = Numbers(TableKind.OrderedSet, Rows);
        RequireLooks(Rows, table.Where(row => Looked() && row.Value < 10), Numbers(0, 10));
        RequireLooks(Rows, table.Where(row => Looked() && (row.Key < 5 || row.Key >= 995)), [.. Numbers(0, 5), .. Numbers(995, 1_000)]);
        RequireLooks(Rows, table.Where(row => Looked() && row.Key % 500 == 1), [1, 501]);
        RequireLooks(Rows, table.Where(row => Looked() && row.Key <= row.Value - 1), []);
        RequireLooks(Rows, table.Where(row => Looked() && !(row.Key >= 10)), Numbers(0, 10));
        RequireLooks(Rows, table.Where(row => Looked() && (int)row.Key < 10), Numbers(0, 10));
        RequireLooks(Rows, table.Where(row => Looked() && row.Key != 5), Numbers(0, Rows).Where(number => number != 5));
    }

    [Theory]
    [MemberData(nameof(Unordered))]
    [Trait("ets_SUITE", "select_bound_chunk")]
    public void Where_keys_have_no_order_an_equal_one_is_looked_up(TableKind kind)
    {
        using var table = Numbers(kind, Rows);
        RequireLooks(1, table.Where(row => row.Key == 7 && Looked()), [7]);
        RequireLooks(0, table.Where(row => row.Key == 7 && row.Key == 8 && Looked()), []);
        RequireLooks(0, table.Where(row => row.Key == -1 && Looked()), []);
        RequireLooks(10, table.Where(row => row.Key >= 10 && row.Key < 20 && Looked()), Numbers(10, 20));
        var page = table.Where(row => row.Key == 7).SelectPage(1);
        Assert.Single(page.Rows);
        Assert.Null(page.Continuation);
    }

    [Fact]
    public void Texts_are_bounded_by_ordinal_comparisons()
    {
        using var table = Create(TableKind.OrderedSet).Open<string, int>();
        foreach (var key in new[] { "a", "b", "ba", "c", "ä", "\U0001f600", "\uffee" })
            table.Insert(key, 0);
        Require(2, ["b", "ba"], table.Where(row => string.CompareOrdinal(row.Key, "b") >= 0 && string.Compare(row.Key, "c", StringComparison.Ordinal) < 0 && Looked()));
        Require(1, ["ba"], table.Where(row => row.Key == "ba" && Looked()));
        Require(2, ["a", "b"], table.Where(row => string.CompareOrdinal("ba", row.Key) > 0 && Looked()));
        Require(7, ["\U0001f600", "a", "b", "ba", "c", "ä"], table.Where(row => Looked() && string.CompareOrdinal(row.Key, "\uffee") < 0));
        Require(7, ["b", "ba", "c", "ä", "\U0001f600", "\uffee"], table.Where(row => Looked() && row.Key != "a"));

        void Require(int looks, IEnumerable<string> keys, EtsQuery<KeyValuePair<string, int>, int> query)
        {
            _looks = 0;
            Assert.Equal(keys.Order(StringComparer.Ordinal), query.Select(row => row.Key).Order(StringComparer.Ordinal));
            Assert.Equal(looks, _looks);
        }
    }

    [Fact]
    public void Keys_of_many_types_are_bounded()
    {
        RequireBound(number => (short)number, (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => (byte)number, (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => (ulong)number, (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => (double)number, (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => (DayOfWeek)number, (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => (char)number, (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => new Guid(number, 0, 0, new byte[8]), (table, key) => table.Where(row => row.Key.CompareTo(key) >= 0 && Looked()));
        RequireBound(number => new DateTime(number, DateTimeKind.Utc), (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => new DateTimeOffset(number, TimeSpan.Zero), (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => DateOnly.FromDayNumber(number), (table, key) => table.Where(row => row.Key >= key && Looked()));
        RequireBound(number => new TimeSpan(number), (table, key) => table.Where(row => row.Key >= key && Looked()));
    }

    [Fact]
    public void A_bound_that_no_key_can_have_is_asked_of_each_row()
    {
        using var table = Create(TableKind.OrderedSet).Open<byte, int>();
        for (var key = 0; key < 256; key++)
            table.Insert((byte)key, key);
        var (above, below) = (300, -1);
        Assert.Equal(256, table.Where(row => row.Key < above).SelectCount());
        Assert.Equal(256, table.Where(row => row.Key > below).SelectCount());
        Assert.Equal(128, table.Where(row => (sbyte)row.Key < 0).SelectCount());
        Assert.Equal(3, table.Where(row => row.Key > 252.5).SelectCount());
    }

    [Fact]
    public void Values_are_read_once_when_the_selection_is_made()
    {
        using var table = Numbers(TableKind.OrderedSet, Rows);
        var limit = 10L;
        var query = table.Where(row => row.Key < limit);
        limit = 500;
        Assert.Equal(10, query.SelectCount());
        Assert.Equal(10, query.SelectCount());
    }

    [Fact]
    public void A_selection_is_read_changed_and_paged_like_a_table()
    {
        using var table = Numbers(TableKind.OrderedSet, Rows);
        var query = table.Where(row => row.Key >= 100 && row.Key < 110);
        Assert.Equal(Numbers(100, 110).Reverse(), query.SelectDescending().Select(row => row.Key));
        var first = query.SelectPage(6);
        Assert.Equal(Numbers(106, 110), query.SelectPage(6, first.Continuation).Rows.Select(row => row.Key));
        var down = query.SelectPageDescending(6);
        Assert.Equal(Numbers(100, 104).Reverse(), query.SelectPageDescending(6, down.Continuation).Rows.Select(row => row.Key));
        Assert.Equal(10, query.SelectReplace(row => -row.Value));
        Assert.Equal(-105, table.LookupElement(105, value => value));
        Assert.Equal(Numbers(100, 110), query.SelectTake().Select(row => row.Key));
        Assert.Equal(0, query.SelectDelete());
        Assert.Equal(Rows - 10, table.Count);
    }

    [Fact]
    public void The_key_of_a_row_with_its_key_inside_is_bounded_as_well()
    {
        using var table = Create(TableKind.OrderedSet).OpenRows<Order>();
        table.InsertMany(Enumerable.Range(0, Rows).Select(number => new Order("x", number)));
        _looks = 0;
        Assert.Equal(5, table.Where(order => order.Number < 5 && Looked()).SelectCount());
        Assert.Equal(5, _looks);
        _looks = 0;
        Assert.Equal(Rows, table.Where(order => order.Text == "x" && Looked()).SelectCount());
        Assert.Equal(Rows, _looks);
    }

    private static IEnumerable<long> Numbers(int from, int to) => Enumerable.Range(from, to - from).Select(number => (long)number);

    private bool Looked() => _looks++ >= 0;

    private void RequireLooks(int looks, EtsQuery<KeyValuePair<long, long>, long> query, IEnumerable<long> keys)
    {
        _looks = 0;
        Assert.Equal(keys, query.Select(row => row.Key).Order());
        Assert.Equal(looks, _looks);
    }

    private void RequireBound<TKey>(Func<int, TKey> key, Func<EtsTable<TKey, int>, TKey, EtsQuery<KeyValuePair<TKey, int>, int>> where)
    {
        using var table = Create(TableKind.OrderedSet).Open<TKey, int>();
        for (var number = 0; number < 100; number++)
            table.Insert(key(number), number);
        _looks = 0;
        Assert.Equal(Enumerable.Range(90, 10), where(table, key(90)).Select(row => row.Value));
        Assert.Equal(10, _looks);
    }

    private sealed record Order(string Text, [property: EtsKey] long Number);
}
