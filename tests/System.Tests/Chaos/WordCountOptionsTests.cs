using WordCount;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class WordCountOptionsTests
{
    [Fact]
    public void A_file_is_enough()
    {
        var options = WordCountOptions.Parse(["book.txt"]);
        Assert.Equal(("book.txt", 1L, false, 4096, "default"), (options.Input, options.Passes, options.Repeat, options.PieceSize, options.Instance));
        Assert.Null(options.Directory ?? options.Journal);
    }

    [Fact]
    public void Every_option_is_read()
    {
        var options = WordCountOptions.Parse(["--passes", "3", "--piece", "10", "--instance", "i", "--dir", "d", "--journal", "j", "book.txt"]);
        Assert.Equal(("book.txt", 3L, 10, "i", "d", "j"), (options.Input, options.Passes, options.PieceSize, options.Instance, options.Directory, options.Journal));
    }

    [Theory]
    [InlineData("is missing")]
    [InlineData("'--other'", "--other", "book.txt")]
    [InlineData("'second'", "book.txt", "second")]
    [InlineData("--passes", "book.txt", "--passes", "0")]
    [InlineData("--piece", "book.txt", "--piece")]
    public void A_wrong_command_line_is_refused_by_name(string named, params string[] arguments)
    {
        var error = Assert.Throws<FormatException>(() => WordCountOptions.Parse(arguments));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
