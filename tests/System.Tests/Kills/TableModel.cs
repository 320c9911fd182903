using System.Buffers.Binary;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Peer.Workload;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>What the rows of a domain must be. What is shared by all writers is only counted.</summary>
internal sealed class TableModel(string domain)
{
    /// <summary>The rows by key.</summary>
    public Dictionary<string, byte[]> Rows { get; init; } = [];

    /// <summary>What was added to each shared counter.</summary>
    public Dictionary<string, long> Shared { get; init; } = [];

    /// <summary>The rows of a domain as they are in the table.</summary>
    public static TableModel Read(TableFile table, string domain)
    {
        var found = new TableModel(domain);
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var key = RowKeys.Text(page.Key(row));
                if (RowKeys.IsIn(domain, page.Key(row)) && !found.Rows.TryAdd(key, page.Value(row).ToArray()))
                    found.Rows.Add(key + " for the second time", page.Value(row).ToArray());
            }
        }
        while (more);
        return found;
    }

    public TableModel Copy() => new(domain) { Rows = new(Rows), Shared = new(Shared) };

    /// <summary>Does what the table does.</summary>
    public void Apply(Operation operation)
    {
        foreach (var change in operation.Changes)
            Apply(change, RowKeys.Text(change.Key));
    }

    /// <summary>The first few differences, or nothing.</summary>
    public string DifferencesTo(TableModel actual)
    {
        var differences =
            from key in Rows.Keys.Union(actual.Rows.Keys)
            let mine = Rows.GetValueOrDefault(key)
            let other = actual.Rows.GetValueOrDefault(key)
            where mine is null || other is null || !mine.AsSpan().SequenceEqual(other)
            select $"{RowKeys.Describe(RowKeys.Key(key))}: expected {Describe(key, mine)}, found {Describe(key, other)}";
        return string.Join("; ", differences.Take(5));
    }

    private static string Describe(string key, byte[]? value)
    {
        if (value is null)
            return "none";
        if (RowKeys.IsCounter(RowKeys.Key(key)))
            return value.Length == sizeof(long) ? $"{BinaryPrimitives.ReadInt64LittleEndian(value)}" : $"{value.Length} bytes";
        var author = Stamp.TryRead(value, out var writer, out var sequence) ? $"operation {sequence} of writer {writer}" : "torn";
        return $"{author} ({value.Length} bytes)";
    }

    private void Apply(RowChange change, string key)
    {
        if (!RowKeys.IsIn(domain, change.Key))
        {
            if (change.Kind == RowChangeKind.Count)
                Shared[key] = Shared.GetValueOrDefault(key) + change.Increment;
            return;
        }
        switch (change.Kind)
        {
            case RowChangeKind.Insert:
                Rows[key] = change.Value.ToArray();
                break;
            case RowChangeKind.InsertNew:
                Rows.TryAdd(key, change.Value.ToArray());
                break;
            case RowChangeKind.Count:
                var count = Rows.TryGetValue(key, out var value) ? BinaryPrimitives.ReadInt64LittleEndian(value) : 0;
                var sum = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(sum, count + change.Increment);
                Rows[key] = sum;
                break;
            default:
                Rows.Remove(key);
                break;
        }
    }
}
