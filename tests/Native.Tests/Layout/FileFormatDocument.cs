using System.Globalization;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>docs/file-format.md, read as headings and tables.</summary>
internal sealed class FileFormatDocument
{
    private readonly string[] _lines;

    private FileFormatDocument(string[] lines) => _lines = lines;

    public string Text => string.Join('\n', _lines);

    public static FileFormatDocument Load()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "EtsPersist.Mmf.sln")))
                return new FileFormatDocument(File.ReadAllLines(Path.Combine(folder, "docs", "file-format.md")));
        }
        throw new FileNotFoundException("The tests do not lie below the solution's folder.");
    }

    /// <summary>The names of types that have a heading of their own with a table of this first column.</summary>
    public IEnumerable<string> TypesWith(string column) => Headings().Where(heading => Rows(heading, column).Count > 0);

    /// <summary>The rows of the table with this first column that follows a type's heading.</summary>
    public IReadOnlyList<string[]> Rows(string type, string column)
    {
        var start = Array.IndexOf(_lines, $"### `{type}`");
        var end = Array.FindIndex(_lines, start + 1, line => line.StartsWith('#'));
        return start < 0 ? [] : Table(_lines[start..(end < 0 ? _lines.Length : end)], column);
    }

    /// <summary>The rows of all tables with this first column.</summary>
    public IReadOnlyList<string[]> Rows(string column) => Table(_lines, column);

    public static ulong Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : ulong.Parse(text, CultureInfo.InvariantCulture);

    private IEnumerable<string> Headings() => _lines.Where(line => line.StartsWith("### `", StringComparison.Ordinal)).Select(line => line[5..^1]);

    private static List<string[]> Table(IEnumerable<string> lines, string column)
    {
        var rows = new List<string[]>();
        var isInside = false;
        foreach (var line in lines)
        {
            if (line.StartsWith($"| {column} |", StringComparison.Ordinal))
                isInside = true;
            else if (!line.StartsWith('|'))
                isInside = false;
            else if (isInside && !line.StartsWith("|---", StringComparison.Ordinal))
                rows.Add([.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim().Trim('`'))]);
        }
        return rows;
    }
}
