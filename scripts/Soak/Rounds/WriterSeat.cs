using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Soak;

/// <summary>
/// The place of a writer: its rows, which no other writer touches, and what they must hold. After each death all that the dead one acknowledged is
/// done again in the model; the operation that the kill cut is then in the table as a whole, or not at all.
/// </summary>
internal sealed class WriterSeat(WriterSurroundings surroundings, int crew, TableFile table, string domain, WorkloadMode[] modes, int index)
    : Seat(Role.Writer, crew)
{
    /// <summary>How many rows of a writer come and go.</summary>
    public const int Rows = 2000;

    private readonly JournalTrace _trace = new(table.Path);
    private readonly byte[] _value = new byte[Stamp.Most];
    private WriterOrder? _order;

    /// <summary>What its rows must hold, and what was added to shared counters.</summary>
    public TableModel Model { get; } = new(domain);

    /// <summary>What operations that kills cut may have added to shared counters.</summary>
    public Dictionary<string, long> Perhaps { get; } = [];

    /// <inheritdoc/>
    public override long? Progress => Acknowledged;

    /// <summary>The number of the last operation that its process has acknowledged.</summary>
    private long Acknowledged
    {
        get => surroundings.Folder.Counters[Places.Acknowledged(index)];
        set => surroundings.Folder.Counters[Places.Acknowledged(index)] = value;
    }

    /// <summary>Inserts the rows that are always there.</summary>
    public void InsertStableRows()
    {
        var value = new byte[Stamp.Small];
        Stamp.Write(value, 0, 0);
        foreach (var key in new RowKeys(domain, Rows).Stable)
        {
            table.Insert(key, value);
            Model.Rows[RowKeys.Text(key)] = RowState.WrittenBy(0, 0, value.Length);
        }
    }

    /// <inheritdoc/>
    public override bool IsAtWork => _trace.IsAtWork(Occupant!.Id);

    /// <inheritdoc/>
    public override KillMoment MomentOf(ChildProcess struck)
    {
        var moment = _trace.MomentOf(struck.Id) ?? KillMoment.Arriving;
        return moment == KillMoment.Between && Acknowledged == 0 ? KillMoment.Arriving : moment;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _trace.Dispose();
    }

    /// <inheritdoc/>
    protected override ChildProcess? TryFind()
    {
        if (surroundings.Reserve.TryTake() is not { } process) return null;
        var number = surroundings.NextWriter();
        var slowOperations = surroundings.Folder.Record("slow", process.Id);
        var mode = modes[surroundings.Random.Next(modes.Length)];
        _order = new WriterOrder(
            table.Path, domain, mode, number, (ulong)surroundings.Random.NextInt64(), Rows, index, slowOperations, surroundings.Sabotage);
        Acknowledged = 0;
        process.Employ(WriterRole.Word, Crew, _order.ToWords());
        return process;
    }

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead)
    {
        var order = _order!;
        surroundings.Times.Read(order.SlowOperations);
        var acknowledged = Acknowledged;
        var stream = order.Stream();
        while (stream.Sequence < acknowledged) Model.Apply(stream.Next());
        surroundings.Findings.Acknowledge(acknowledged);
        Settle(stream.Next(), dead);
    }

    private void Settle(Operation cut, ChildProcess dead)
    {
        if (!RowKeys.IsIn(domain, cut.Changes[0].Key))
        {
            foreach (var change in cut.Changes.Where(change => change.Kind == RowChangeKind.Count))
                Perhaps[RowKeys.Text(change.Key)] = Perhaps.GetValueOrDefault(RowKeys.Text(change.Key)) + change.Increment;
            return;
        }
        var before = Model.Part(cut.Changes.Select(change => RowKeys.Text(change.Key)));
        var after = before.Copy();
        after.Apply(cut);
        var found = ReadPart(cut);
        if (found.DifferencesTo(after).Length == 0)
        {
            surroundings.Findings.DoneNotAcknowledged++;
            Model.Apply(cut);
        }
        else if (found.DifferencesTo(before).Length != 0)
        {
            Report(cut, before, after, found, dead);
        }
    }

    private TableModel ReadPart(Operation cut)
    {
        var found = new TableModel(domain);
        foreach (var change in cut.Changes)
        {
            var status = table.Read(change.Key, _value, out var length);
            if (status == ReadStatus.Found) found.Rows[RowKeys.Text(change.Key)] = RowState.Read(change.Key, _value.AsSpan(0, length));
        }
        return found;
    }

    /// <summary>Neither with the cut operation nor without it: tells the row that shows it, and goes on from what is there.</summary>
    private void Report(Operation cut, TableModel before, TableModel after, TableModel found, ChildProcess dead)
    {
        var wrong = 0;
        foreach (var key in cut.Changes.Select(change => RowKeys.Text(change.Key)).Distinct())
        {
            var state = found.StateOf(key);
            if (state != after.StateOf(key) && surroundings.Findings.Compare(key, before.StateOf(key), state)) wrong++;
            if (state is { } actual) Model.Rows[key] = actual;
            else Model.Rows.Remove(key);
        }
        if (wrong == 0) surroundings.Findings.Torn($"{dead.Name} was killed in '{cut}', of which a part is there: {after.DifferencesTo(found)}");
    }
}
