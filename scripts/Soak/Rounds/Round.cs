namespace EtsPersist.Mmf.Soak;

/// <summary>Some seconds of work on fresh tables, which grow from empty: writers and readers of each, and one recoverer of all.</summary>
internal sealed class Round : IDisposable
{
    private static readonly TableForm[] Forms = Enum.GetValues<TableForm>();
    private readonly PublicTable[] _tables;
    private readonly RecovererSeat _recoverer;

    /// <summary>Makes the tables.</summary>
    public Round(WriterSurroundings surroundings, int number)
    {
        var paths = Forms.Select(form => surroundings.Folder.Record($"table-{form}", number)).ToArray();
        _tables = [.. Forms.Select((form, table) => new PublicTable(surroundings, paths[table], form))];
        _recoverer = new RecovererSeat(surroundings, () => Array.Exists(_tables, table => table.HasDead), paths);
        Seats = [_recoverer, .. _tables.SelectMany(table => table.Seats)];
    }

    /// <summary>How many readers there are.</summary>
    public static int Readers => Forms.Length;

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
