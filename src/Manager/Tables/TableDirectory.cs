using System.Collections.Concurrent;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Workers;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>The tables of the instance by name. A name that somebody waits for has a place before there is a table; one that nobody does has none after it.</summary>
internal sealed class TableDirectory(TableSurroundings surroundings) : IDisposable
{
    private readonly ConcurrentDictionary<string, TableActor> _tables = new(StringComparer.OrdinalIgnoreCase);

    public ICollection<TableActor> All => _tables.Values;

    public TableActor? Find(string name) => _tables.GetValueOrDefault(name);

    /// <summary>The table's place.</summary>
    /// <exception cref="TableNotFoundException">There is none.</exception>
    public TableActor Require(string name) => Find(name) ?? throw new TableNotFoundException($"There is no table '{name}'.");

    /// <summary>Enters the table's place, which is made if there is none; dispose of the visit when what brought you there is done.</summary>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    public TableVisit Enter(string name)
    {
        while (true)
        {
            var table = Find(name) ?? Add(name);
            if (table.TryEnter()) return new TableVisit(table);
            Remove(table); // which who gives it up is just about to do
        }
    }

    /// <summary>How large the tables are now, those that are served.</summary>
    public IReadOnlyList<TableSize> Measure() => [.. _tables.Values.Select(table => table.Measure()).OfType<TableSize>()];

    /// <summary>Gives a table another name. The new one is kept free from before its files move until the table is served under it.</summary>
    public async Task RenameAsync(WorkerRegistration? worker, string name, string newName)
    {
        var source = Require(name);
        using var visit = Enter(newName);
        var target = visit.Table;
        await target.ReserveAsync().ConfigureAwait(false);
        MovedTable moved;
        try
        {
            moved = await source.MoveOutAsync(worker, target, newName).ConfigureAwait(false);
        }
        catch
        {
            target.Unreserve();
            throw;
        }
        await target.MoveInAsync(moved).ConfigureAwait(false);
    }

    /// <summary>One page of the tables, in the order of their names. Names that are only waited for take no place on it.</summary>
    public async Task<TableListMessage> ListAsync(string? after)
    {
        var following = _tables.Values
            .Where(table => after is null || StringComparer.OrdinalIgnoreCase.Compare(table.Name, after) > 0)
            .OrderBy(table => table.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var found = new List<TableSummary>(); // one more than the page has, where there is one
        foreach (var places in following.Chunk(TableListMessage.PageSize))
        {
            var summaries = await Task.WhenAll(places.Select(table => table.SummarizeAsync())).ConfigureAwait(false);
            found.AddRange(summaries.OfType<TableSummary>());
            if (found.Count > TableListMessage.PageSize) break;
        }
        return new TableListMessage([.. found.Take(TableListMessage.PageSize)], found.Count > TableListMessage.PageSize);
    }

    /// <summary>One table, or none.</summary>
    public async Task<TableListMessage> DescribeAsync(string name)
    {
        var summary = Find(name) is { } table ? await table.SummarizeAsync().ConfigureAwait(false) : null;
        return new TableListMessage(summary is null ? [] : [summary], HasMore: false);
    }

    /// <summary>How each worker stands with the tables that it waits for, or that are not offered to it.</summary>
    public async Task<ILookup<IClaimant, ClaimStanding>> ListStandingsAsync()
    {
        var standings = await Task.WhenAll(_tables.Values.Select(table => table.ListStandingsAsync())).ConfigureAwait(false);
        return standings.SelectMany(table => table).ToLookup(standing => standing.Claimant);
    }

    /// <summary>The tables that wait for their heirs, lined up before a worker is registered: perhaps it is one.</summary>
    public Succession LineUpForHeir() => new([.. _tables.Values.Where(table => table.AwaitsHeir)]);

    /// <summary>A process has connected, or one of its connections has ended: what it has released it could not say, perhaps, and it does not say what it owns no more.</summary>
    public void LookAtTablesOf(IOwnerProcess process)
    {
        foreach (var (_, table) in _tables)
        {
            if (table.IsWith(process)) table.Poke();
        }
    }

    /// <summary>
    /// A process has died, which nobody has seen yet: the tables it owned come first, in the order of their creation; then what it may have written
    /// elsewhere.
    /// </summary>
    public void OnDeath(WorkerProcess process)
    {
        var owned = new List<TableActor>();
        var others = new List<TableActor>();
        foreach (var table in _tables.Values) (table.IsWith(process) ? owned : others).Add(table);
        var succession = new Succession(owned);
        process.MarkDead();
        succession.Begin();
        foreach (var table in others) table.OnDeath();
    }

    public void Dispose()
    {
        foreach (var table in _tables.Values) table.Dispose();
    }

    private TableActor Add(string name)
    {
        Names.RequireValid("table", name);
        var added = new TableActor(name, surroundings, Remove);
        var table = _tables.GetOrAdd(name, added);
        if (!ReferenceEquals(table, added)) added.Dispose();
        return table;
    }

    /// <summary>Removes a place that is given up, and none that another has made in its stead.</summary>
    private void Remove(TableActor table) => _tables.TryRemove(KeyValuePair.Create(table.Name, table));
}
