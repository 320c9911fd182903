using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Checks;

/// <summary>What others can see of a table: its rows, its schema and who owns it.</summary>
internal sealed class TableContents
{
    private readonly SortedDictionary<string, string> _facts = new(StringComparer.Ordinal);

    private TableContents() { }

    public static TableContents Read(TableFile table)
    {
        var contents = new TableContents();
        var ownership = table.Ownership;
        contents._facts.Add("ownership", $"{ownership.State}, epoch {ownership.Epoch}");
        contents._facts.Add("schema", Convert.ToHexString(table.ReadSchema()));
        foreach (var (key, value) in Rows(table))
        {
            var name = $"row {Convert.ToHexString(key)}";
            for (var time = 2; !contents._facts.TryAdd(name, Convert.ToHexString(value)); time++)
                name = $"row {Convert.ToHexString(key)}, {time}";
        }
        return contents;
    }

    /// <summary>The rows as a reader finds them who stores nothing.</summary>
    public static List<(byte[] Key, byte[] Value)> Rows(TableFile table)
    {
        var rows = new List<(byte[], byte[])>();
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
                rows.Add((page.Key(row).ToArray(), page.Value(row).ToArray()));
        }
        while (more);
        return rows;
    }

    public bool IsSameAs(TableContents other) => _facts.SequenceEqual(other._facts);

    /// <summary>The first few differences.</summary>
    public string DifferencesTo(TableContents other)
    {
        var differences =
            from name in _facts.Keys.Union(other._facts.Keys)
            let mine = _facts.GetValueOrDefault(name, "nothing")
            let theirs = other._facts.GetValueOrDefault(name, "nothing")
            where mine != theirs
            select $"{name} is {mine} instead of {theirs}";
        return string.Join("; ", differences.Take(3));
    }
}
