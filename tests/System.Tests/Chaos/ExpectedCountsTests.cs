using WordCount;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class ExpectedCountsTests
{
    [Fact]
    public void Counts_follow_the_position_forward_and_back()
    {
        using var file = new TemporaryText("a b a c");
        using var text = new TextFile(file.FullName);
        var expected = new ExpectedCounts(text, IndependentCounts.Count(file.FullName));
        foreach (var (position, count) in new[] { (0, 0), (1, 1), (5, 2), (3, 1), (7, 2), (8, 3), (19, 6) })
        {
            expected.MoveTo(position);
            Assert.Equal(count, expected.Of("a"));
        }
        Assert.Equal(0, expected.Of("missing"));
    }

    [Fact]
    public void Watched_words_know_their_counts_at_any_position()
    {
        using var file = new TemporaryText(TemporaryText.Random(5, 5_000));
        using var text = new TextFile(file.FullName);
        var whole = IndependentCounts.Count(file.FullName);
        var watched = new WatchedWords(text, whole, new Random(1));
        var expected = new ExpectedCounts(text, whole);
        for (var position = 0L; position < 2 * text.Length; position += text.ReadPiece(position % text.Length, 700).Length)
        {
            expected.MoveTo(position);
            Assert.All(watched.Words, word => Assert.Equal(expected.Of(word), watched.Of(word, position)));
        }
    }

    [LinuxTheory("coreutils")]
    [InlineData(11)]
    [InlineData(12)]
    public void Coreutils_and_the_independent_counter_agree(int seed)
    {
        using var file = new TemporaryText([.. TemporaryText.Random(seed, 10_000), .. new byte[40_000].Select(_ => (byte)'q')]);
        Assert.Equal(IndependentCounts.Count(file.FullName).OrderBy(word => word.Key), CoreutilsCounts.Count(file.FullName).OrderBy(word => word.Key));
    }
}
