using System.Text;
using WordCount;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class TextFileTests
{
    [Theory]
    [InlineData("one two three", 0, 2, "one")]
    [InlineData("one two three", 0, 3, "one")]
    [InlineData("one two three", 0, 4, "one ")]
    [InlineData("one two three", 3, 2, " two")]
    [InlineData("one two three", 7, 100, " three")]
    [InlineData("one two three", 8, 1, "three")]
    [InlineData("one", 3, 4, "")]
    public void A_piece_goes_on_to_the_end_of_the_word_it_ends_in(string text, long offset, int size, string piece)
    {
        using var file = new TemporaryText(text);
        using var opened = new TextFile(file.FullName);
        Assert.Equal(piece, Encoding.ASCII.GetString(opened.ReadPiece(offset, size)));
    }

    [Fact]
    public void A_word_far_longer_than_a_piece_stays_whole()
    {
        using var file = new TemporaryText(new string('x', 3_000_000) + " y");
        using var opened = new TextFile(file.FullName);
        Assert.Equal(3_000_000, opened.ReadPiece(0, 4096).Length);
        Assert.Equal(2, opened.ReadPiece(3_000_000, 4096).Length);
    }

    [Fact]
    public void A_file_that_becomes_shorter_is_refused_by_name()
    {
        using var file = new TemporaryText("one two three");
        using var opened = new TextFile(file.FullName);
        if (OperatingSystem.IsWindows())
        {
            Assert.Throws<IOException>(() => new FileStream(file.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)); // it is kept as it is
            return;
        }
        using (var writer = new FileStream(file.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) writer.SetLength(3);
        var error = Assert.Throws<EndOfStreamException>(() => opened.ReadPiece(0, 10).Length);
        Assert.Contains(file.FullName, error.Message, StringComparison.Ordinal);
    }
}
