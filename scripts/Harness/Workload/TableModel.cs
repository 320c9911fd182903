using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>What the rows of a domain must be. What is shared by all writers is only counted.</summary>
internal sealed class TableModel(string domain)
{
    /// <summary>The rows by key.</summary>
    public Dictionary<string, RowState> Rows { get; init; } = [];

    /// <summary>What was added to each shared counter.</summary>
    public Dictionary<string, long> Shared { get; init; } = [];

    /// <summary>The rows of a domain as they are in the table.</summary>
    public static TableModel Read(TableFile table, string domain)
    {
        var found = new TableModel(domain);
        foreach (var (key, row) in ReadAll(table))
        {
            if (RowKeys.IsIn(domain, RowKeys.Key(key)))
                found.Rows.Add(key, row);
        }
        return found;
    }

    /// <summary>All rows of a table. One that is seen twice has a second key, which nothing expects.</summary>
    public static Dictionary<string, RowState> ReadAll(TableFile table)
    {
        var rows = new Dictionary<string, RowState>();
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var key = RowKeys.Text(page.Key(row));
                var state = RowState.Read(page.Key(row), page.Value(row));
                if (!rows.TryAdd(key, state))
                    rows.Add(key + " for the second time", state);
            }
        }
        while (more);
        return rows;
    }

    public TableModel Copy() => new(domain) { Rows = new(Rows), Shared = new(Shared) };

    /// <summary>The same for some keys alone.</summary>
    public TableModel Part(IEnumerable<string> keys)
    {
        var part = new TableModel(domain);
        foreach (var key in keys)
        {
            if (Rows.TryGetValue(key, out var state))
                part.Rows[key] = state;
        }
        return part;
    }

    /// <summary>Does what the table does.</summary>
    public void Apply(Operation operation)
    {
        foreach (var change in operation.Changes)
            Apply(operation, change, RowKeys.Text(change.Key));
    }

    /// <summary>The first few differences, or nothing.</summary>
    public string DifferencesTo(TableModel actual)
    {
        var differences =
            from key in Rows.Keys.Union(actual.Rows.Keys)
            let mine = StateOf(key)
            let other = actual.StateOf(key)
            where mine != other
            select $"{RowKeys.Describe(RowKeys.Key(key))}: expected {Describe(mine)}, found {Describe(other)}";
        return string.Join("; ", differences.Take(5));
    }

    /// <summary>What a row holds; null if it is not there.</summary>
    public RowState? StateOf(string key) => Rows.TryGetValue(key, out var state) ? state : null;

    public static string Describe(RowState? state) => state?.ToString() ?? "none";

    private void Apply(Operation operation, RowChange change, string key)
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
                Rows[key] = operation.StateAfter(change);
                break;
            case RowChangeKind.InsertNew:
                Rows.TryAdd(key, operation.StateAfter(change));
                break;
            case RowChangeKind.Count:
                Rows[key] = RowState.Counter(Rows.GetValueOrDefault(key).Number + change.Increment);
                break;
            default:
                Rows.Remove(key);
                break;
        }
    }
}
