using System.Globalization;
using EtsPersist.Mmf.Files;

namespace EtsPersist.Mmf.Client.Tests.Files;

/// <summary>The format as it is published: its bytes, and the numbers in docs/portable-file.md.</summary>
public sealed class PortableFormatTests : IDisposable
{
    private static readonly Dictionary<string, long> Constants = new()
    {
        ["PortableFormat.Version"] = PortableFormat.Version,
        ["PortableFormat.PreambleBytes"] = PortableFormat.PreambleBytes,
        ["PortableFormat.BlockBytes"] = PortableFormat.BlockBytes,
        ["PortableFormat.MaximumBodyBytes"] = PortableFormat.MaximumBodyBytes,
        ["PortableFormat.MaximumKeyBytes"] = PortableFormat.MaximumKeyBytes,
        ["PortableFormat.MaximumValueBytes"] = PortableFormat.MaximumValueBytes,
        ["PortableFormat.LeastCapacity"] = PortableFormat.LeastCapacity,
        ["PortableFormat.MostCapacity"] = PortableFormat.MostCapacity,
        ["SectionHead.Bytes"] = SectionHead.Bytes,
        ["FileTrailer.Bytes"] = FileTrailer.Bytes,
    };

    /// <summary>Preamble, then head and body of each section; made from the document by programs that are not ours.</summary>
    private const string Published =
        "8945747346696c650100000000000000"
        + "41ef7e9ad418f1ca4845414426000000"
        + "98a5726f7773300202ce04000000ffffc40e9301a56279746573a56279746573d6ff00000000"
        + "4dd44bb7e00e8ca5524f57530c000000"
        + "c40101c402aabbc40102c400"
        + "6e0e53a129cf3da05441494c18000000"
        + "020000000000000002000000000000004dd44bb7e00e8ca5";

    private readonly SavedTables _tables = new();

    [Fact]
    public async Task A_saved_table_has_the_bytes_of_the_published_format()
    {
        var table = _tables.Create(TableKind.OrderedSet);
        table.Insert([1], [0xaa, 0xbb]);
        table.Insert([2], []);
        var saved = Convert.ToHexStringLower(await SavedTables.SaveAsync(table));
        Assert.Equal(Published, saved);
    }

    [Fact]
    public void The_document_names_the_constants()
    {
        var named = File.ReadLines(SolutionFolder.File("docs", "portable-file.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|'))
            .ToDictionary(cells => cells[0].Trim(' ', '`'), cells => long.Parse(cells[1], CultureInfo.InvariantCulture));
        Assert.Equal(Constants, named);
    }

    [Fact]
    public void A_section_holds_the_longest_row_behind_a_block_that_is_almost_full()
    {
        const int Heads = 5 + 5;
        const int LongestRow = Heads + PortableFormat.MaximumKeyBytes + PortableFormat.MaximumValueBytes;
        Assert.InRange(PortableFormat.BlockBytes - 1 + LongestRow, 0, PortableFormat.MaximumBodyBytes);
    }

    public void Dispose() => _tables.Dispose();
}
