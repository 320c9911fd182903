namespace EtsPersist.Mmf.Soak;

/// <summary>Some seconds of work on fresh tables, which grow from empty: writers and readers of each, and one recoverer of all.</summary>
internal sealed class Round : IDisposable
{
    private const int TableCount = 2;
    private readonly PublicTable[] _tables;
    private readonly ReserveSeat _recoverer;

    /// <summary>Makes the tables.</summary>
    public Round(WriterSurroundings surroundings, int number)
    {
        var paths = Enumerable.Range(0, TableCount).Select(table => surroundings.Folder.Record("table", (number * TableCount) + table)).ToArray();
        _tables = [.. paths.Select((path, table) => new PublicTable(surroundings, path, table))];
        _recoverer = new ReserveSeat(Role.Recoverer, surroundings, [RecovererRole.Word, .. paths]);
        Seats = [_recoverer, .. _tables.SelectMany(table => table.Seats)];
    }

    /// <summary>The places of all its processes.</summary>
    public IReadOnlyList<Seat> Seats { get; }

    /// <summary>All its processes are dead: judges what they left.</summary>
    public void Judge()
    {
        foreach (var table in _tables) table.Judge();
    }

    /// <summary>Ends its processes and removes the tables.</summary>
    public void Dispose()
    {
        _recoverer.Dispose();
        foreach (var table in _tables)
        {
            table.Dispose();
            File.Delete(table.Path);
        }
    }
}
