using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>A public table of one round: some writers, each with rows of its own, and rows that all share; a reader.</summary>
internal sealed class PublicTable : IDisposable
{
    private const int Writers = 3;
    private const int SharedRows = 16;

    private readonly WriterSurroundings _surroundings;
    private readonly TableFile _table;
    private readonly RowKeys _shared;
    private readonly WriterSeat[] _writers;

    /// <summary>Makes the table.</summary>
    /// <param name="surroundings">The run.</param>
    /// <param name="path">Its file.</param>
    /// <param name="form">How it keeps its rows.</param>
    public PublicTable(WriterSurroundings surroundings, string path, TableForm form)
    {
        _surroundings = surroundings;
        var number = (int)form;
        var isCompact = form == TableForm.Entries;
        var mark = isCompact ? "#" : "";
        var kind = form == TableForm.Ordered ? TableKind.OrderedSet : TableKind.Set;
        _table = TableFile.Create(path, "soak", 1, new TableFileOptions { Kind = kind, Access = TableAccess.Public });
        if (isCompact) _table.DecideRowFormat(Stamp.Small, Stamp.Small);
        _shared = new RowKeys(RowKeys.SharedDomain(isCompact), SharedRows);
        var domains = Enumerable.Range(0, Writers).Select(writer => $"{mark}writer{writer}").ToArray();
        _writers = [.. domains.Select((domain, writer) => new WriterSeat(surroundings, number, _table, domain, ModesOf(writer), (number * Writers) + writer))];
        InsertStableRows();
        Seats = [new ReaderSeat(number, surroundings, number, path, domains), .. _writers];
    }

    /// <summary>The places of its processes.</summary>
    public IReadOnlyList<Seat> Seats { get; }

    /// <summary>Whether somebody is dead and not settled yet.</summary>
    public bool HasDead => _table.Participants().Any(participant => !participant.IsAlive);

    /// <summary>Its file.</summary>
    public string Path => _table.Path;

    /// <summary>All its processes are dead: recovers, accounts for every byte, and compares every row.</summary>
    public void Judge()
    {
        _table.RecoverDead();
        if (_surroundings.Sabotage == Sabotage.Leaked) FreeListEraser.EraseOne(Path);
        var report = _table.Verify();
        _surroundings.Findings.Verified(Path, report);
        if (report.IsSound && _table.Count != report.Rows)
            _surroundings.Findings.Error($"{Path} counts {_table.Count} rows where {report.Rows} can be reached.");
        foreach (var left in _table.Participants().Where(left => left.ProcessId != Environment.ProcessId))
            _surroundings.Findings.Error($"{Path} still names writer {left} after recovery.");
        Compare(TableModel.ReadAll(_table));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var seat in Seats) seat.Dispose();
        _table.Dispose();
    }

    /// <summary>One writer makes the table grow by new rows, the others change what is there.</summary>
    private static WorkloadMode[] ModesOf(int writer) =>
        writer == 0 ? [WorkloadMode.Mixed, WorkloadMode.Insert] : [WorkloadMode.Shared, WorkloadMode.Delete];

    private void InsertStableRows()
    {
        foreach (var writer in _writers) writer.InsertStableRows();
        var value = new byte[Stamp.Small];
        Stamp.Write(value, 0, 0);
        foreach (var key in _shared.Stable) _table.Insert(key, value);
    }

    private void Compare(Dictionary<string, RowState> rows)
    {
        foreach (var writer in _writers)
        {
            foreach (var (key, expected) in writer.Model.Rows)
                _surroundings.Findings.Compare(key, expected, rows.Remove(key, out var found) ? found : null);
        }
        foreach (var key in _shared.Stable.Select(key => RowKeys.Text(key)))
        {
            if (!rows.Remove(key, out var found)) _surroundings.Findings.Lost($"{RowKeys.Describe(RowKeys.Key(key))} is gone.");
            else if (found.IsTorn) _surroundings.Findings.Torn($"{RowKeys.Describe(RowKeys.Key(key))} is {found}.");
        }
        foreach (var key in _shared.Counters.Select(key => RowKeys.Text(key))) CompareCounter(key, rows.Remove(key, out var found) ? found.Number : 0);
        foreach (var (key, found) in rows) _surroundings.Findings.Compare(key, null, found);
    }

    private void CompareCounter(string key, long found)
    {
        var least = _writers.Sum(writer => writer.Model.Shared.GetValueOrDefault(key));
        var most = least + _writers.Sum(writer => writer.Perhaps.GetValueOrDefault(key));
        var what = $"The shared counter {RowKeys.Describe(RowKeys.Key(key))} is {found}, where {least} to {most} is right.";
        if (found < least) _surroundings.Findings.Lost(what);
        if (found > most) _surroundings.Findings.Torn(what);
    }
}
