using System.Text;
using WordCount;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class WordCounterTests
{
    [Fact]
    public void Words_are_runs_of_ascii_letters_and_digits_with_their_case()
    {
        Assert.Equal(new Dictionary<string, long> { ["The"] = 1, ["the"] = 2, ["end2"] = 1 }, Count("The the,the\n--end2--"u8));
    }

    [Fact]
    public void Bytes_that_are_no_valid_text_lie_between_words()
    {
        Assert.Equal(new Dictionary<string, long> { ["caf"] = 1, ["x"] = 2 }, Count([0xFF, .. "caf"u8, 0xC3, (byte)'x', 0, (byte)'x', 0x80]));
    }

    [Fact]
    public void A_text_without_words_counts_nothing() => Assert.Empty(Count(" \n..\0"u8));

    [Fact]
    public void A_word_too_long_for_a_key_is_counted_under_its_length_and_digest()
    {
        var word = Encoding.ASCII.GetBytes(new string('a', 1_000_000));

        var (key, count) = Assert.Single(Count([.. word, .. " "u8, .. word]));

        Assert.Equal(2, count);
        Assert.StartsWith("#1000000:", key, StringComparison.Ordinal);
        Assert.NotEqual(key, WordCounter.KeyOf(Encoding.ASCII.GetBytes(new string('b', 1_000_000))));
    }

    [Fact]
    public void Clearing_starts_from_nothing()
    {
        var counter = new WordCounter();
        counter.Count("a a"u8);
        counter.Clear();
        counter.Count("a"u8);
        Assert.Equal(1, counter.Counts["a"]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 64)]
    [InlineData(4, 100_000)]
    public void Pieces_of_any_size_count_as_an_independent_counter_does(int seed, int pieceSize)
    {
        using var file = new TemporaryText(TemporaryText.Random(seed, 20_000));
        using var text = new TextFile(file.FullName);
        var counter = new WordCounter();
        for (var offset = 0L; offset < text.Length;)
        {
            var piece = text.ReadPiece(offset, pieceSize);
            counter.Count(piece);
            offset += piece.Length;
        }
        Assert.Equal(IndependentCounts.Count(file.FullName).OrderBy(word => word.Key), counter.Counts.OrderBy(word => word.Key));
    }

    private static Dictionary<string, long> Count(ReadOnlySpan<byte> text)
    {
        var counter = new WordCounter();
        counter.Count(text);
        return counter.Counts;
    }
}
