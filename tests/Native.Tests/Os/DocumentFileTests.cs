using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Native.Tests.Os;

public sealed class DocumentFileTests : IDisposable
{
    private const int Most = 100_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Most)]
    public void A_file_is_read_whole(int length)
    {
        var written = new byte[length];
        new Random(length).NextBytes(written);
        File.WriteAllBytes(_folder["a.json"], written);
        Assert.Equal(written, DocumentFile.Read(_folder["a.json"], Most));
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        File.WriteAllBytes(_folder["a.json"], new byte[Most + 1]);
        var error = Assert.Throws<TableFormatException>(() => DocumentFile.Read(_folder["a.json"], Most));
        Assert.Contains($"'{_folder["a.json"]}' has {Most + 1} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_found() =>
        Assert.Throws<TableNotFoundException>(() => DocumentFile.Read(_folder["none.json"], Most));

    [LinuxFact("symbolic links without a privilege")]
    public void A_symbolic_link_is_refused_wherever_it_leads()
    {
        File.WriteAllText(_folder["real.json"], "{}");
        File.CreateSymbolicLink(_folder["link.json"], _folder["real.json"]);
        File.CreateSymbolicLink(_folder["dangling.json"], _folder["nothing.json"]);
        foreach (var link in new[] { _folder["link.json"], _folder["dangling.json"] })
        {
            var error = Assert.Throws<TableFormatException>(() => DocumentFile.Read(link, Most));
            Assert.Contains($"'{link}' is a symbolic link", error.Message, StringComparison.Ordinal);
            Assert.Contains("put it in the link's place", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_directory_is_no_file()
    {
        Directory.CreateDirectory(_folder["folder.json"]);
        Assert.Throws<TableFormatException>(() => DocumentFile.Read(_folder["folder.json"], Most));
    }

    [LinuxFact("FIFOs in file systems")]
    public void A_fifo_in_the_place_of_a_file_does_not_hang_the_read()
    {
        Commands.Run("mkfifo", _folder["fifo.json"]);
        Assert.Throws<TableFormatException>(() => DocumentFile.Read(_folder["fifo.json"], Most));
    }
}
