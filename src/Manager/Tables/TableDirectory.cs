using System.Collections.Concurrent;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>The tables of the instance by name. A name that somebody waits for has a place before there is a table.</summary>
internal sealed class TableDirectory(TableSurroundings surroundings) : IDisposable
{
    private readonly ConcurrentDictionary<string, TableActor> _tables = new(StringComparer.OrdinalIgnoreCase);

    public ICollection<TableActor> All => _tables.Values;

    public TableActor? Find(string name) => _tables.GetValueOrDefault(name);

    /// <summary>The table's place, made if there is none yet.</summary>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    public TableActor Obtain(string name)
    {
        if (Find(name) is { } known) return known;
        Names.RequireValid("table", name);
        var added = new TableActor(name, surroundings);
        var table = _tables.GetOrAdd(name, added);
        if (!ReferenceEquals(table, added)) added.Dispose();
        return table;
    }

    /// <summary>How large the tables are now, those that are served.</summary>
    public IReadOnlyList<TableSize> Measure() => [.. _tables.Values.Select(table => table.Measure()).OfType<TableSize>()];

    /// <summary>One page of the tables, in the order of their names.</summary>
    public async Task<TableListMessage> ListAsync(string? after)
    {
        var following = _tables.Values
            .Where(table => after is null || StringComparer.OrdinalIgnoreCase.Compare(table.Name, after) > 0)
            .OrderBy(table => table.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var page = await Task.WhenAll(following.Take(TableListMessage.PageSize).Select(table => table.SummarizeAsync())).ConfigureAwait(false);
        return new TableListMessage([.. page.OfType<TableSummary>()], following.Length > TableListMessage.PageSize);
    }

    /// <summary>A process has died: the tables it owned come first, then what it may have written elsewhere.</summary>
    public void OnDeath(HandOver.IOwnerProcess process)
    {
        var others = new List<TableActor>();
        foreach (var table in _tables.Values)
        {
            if (table.IsOwnedBy(process)) table.OnDeath();
            else others.Add(table);
        }
        foreach (var table in others) table.OnDeath();
    }

    public void Dispose()
    {
        foreach (var table in _tables.Values) table.Dispose();
    }
}
