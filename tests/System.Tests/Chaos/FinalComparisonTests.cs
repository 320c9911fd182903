namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class FinalComparisonTests
{
    private static readonly Dictionary<string, long> Whole = new() { ["a"] = 2, ["b"] = 1 };

    [Fact]
    public void A_table_that_is_right_has_no_differences()
    {
        var final = Compare(("a", 6), ("b", 3), ("#position", 21), ("#epoch", 4));
        Assert.Equal((21L, 9L, 0L, 0L), (final.Position, final.Words, final.DifferentWords, final.MissingFiller));
        Assert.Null(final.Example);
    }

    [Fact]
    public void A_wrong_count_a_missing_word_and_a_strange_word_are_differences() =>
        Assert.Equal(3, Compare(("a", 5), ("#position", 21), ("stranger", 1)).DifferentWords);

    [Fact]
    public void Filler_rows_must_all_be_there_with_their_values()
    {
        var row = Enumerable.Range(0, 3).Select(value => (Key: $"#filler/{value}", Value: (value * 2_654_435_761L) ^ 0x5EED)).ToArray();
        Assert.Equal((0L, 0L), Filler(row));
        Assert.Equal((0L, 1L), Filler(row[1..]));
        Assert.Equal((1L, 0L), Filler([(row[0].Key, 1), .. row[1..]]));
        Assert.Equal((1L, 0L), Filler([("#filler/3", 0), .. row[1..]]));
    }

    private static (long Different, long Missing) Filler((string Key, long Value)[] rows)
    {
        var final = FinalComparison.Of(rows.Select(row => KeyValuePair.Create(row.Key, row.Value)), new Dictionary<string, long>(), 1, 3);
        return (final.DifferentWords, final.MissingFiller);
    }

    private static FinalComparison Compare(params (string Key, long Value)[] rows) =>
        FinalComparison.Of(rows.Select(row => KeyValuePair.Create(row.Key, row.Value)), Whole, 3, 0);
}
