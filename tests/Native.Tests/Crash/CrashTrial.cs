namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>One scenario, tried again and again from the same moment.</summary>
internal sealed class CrashTrial : IDisposable
{
    private readonly CrashScenario _scenario;
    private readonly CrashTable _table;
    private readonly SortedDictionary<string, string> _before;
    private readonly SortedDictionary<string, string> _after;
    private readonly string _standing;
    private bool _isAcknowledged;
    private long _waitsBefore;

    public CrashTrial(CrashScenario scenario)
    {
        _scenario = scenario;
        _table = new CrashTable(scenario.Format, scenario.Kind);
        _table.Attach();
        scenario.Prepare(_table);
        _before = _table.Contents();
        _table.Storage.Save();
        Stores = Run(int.MaxValue).Stores;
        _after = _table.Contents();
        _standing = _table.Standing;
    }

    public HeapStorage Storage => _table.Storage;

    /// <summary>How many stores the operation makes when nobody kills it.</summary>
    public int Stores { get; }

    /// <summary>Goes back to the beginning and kills the operation before a store; beyond the last, after its end. False: it came to its end.</summary>
    public bool KillOperationBefore(int store)
    {
        _waitsBefore = _table.Space.ReaderWaits;
        var point = Run(store);
        _isAcknowledged = !point.Killed;
        Assert.True(_table.SlotsAreNamed, $"{_scenario.Name}: a slot is taken and does not say by whom");
        if (_isAcknowledged)
            RequireDone();
        _table.ReplaceProcess();
        return point.Killed;
    }

    /// <summary>Another process begins to recover and is killed as well. False: it was done before that.</summary>
    public bool KillRecoveryBefore(int store)
    {
        var point = CrashPoint.Run(store, () => _table.SettleDead());
        _table.ReplaceProcess();
        return point.Killed;
    }

    public void Recover() => _table.SettleDead();

    /// <summary>
    /// A process decides what the dead writer has left and is killed, or ends. Requires rows before or after at once, that another process may
    /// write wherever the dead one has been, and exact accounting once that one is settled.
    /// </summary>
    public void CheckDecided(string moment)
    {
        _table.DecideDead();
        _table.ReplaceProcess();
        var found = _table.Contents();
        RequireBeforeOrAfter(found, moment + ", decided");
        _table.Attach();
        foreach (var key in found.Keys)
            _table.Insert(key, _scenario.Format.HasEntries ? "replaced" : "after the decision, longer than before");
        Assert.Equal(found.Keys, _table.Contents().Keys);
        _table.SettleDead();
        Assert.Equal(found.Keys, _table.Contents().Keys);
        RequireSound(moment + ", decided, written to and settled");
    }

    /// <summary>Requires rows before or after, exact accounting, and that the table goes on working.</summary>
    public void Check(string moment)
    {
        var found = _table.Contents();
        RequireBeforeOrAfter(found, moment);
        Assert.Empty(_table.TakenSlots);
        Assert.Equal(_waitsBefore, _table.Space.ReaderWaits);
        RequireSound(moment);
        _table.Attach();
        foreach (var key in found.Keys)
            _table.Insert(key, _scenario.Format.HasEntries ? "replaced" : "after recovery, longer than before");
        for (var row = 0; row < 5; row++)
            _table.Insert($"fresh  {row}", "12345678");
        RequireSound(moment + ", then written to");
        foreach (var key in _table.Contents().Keys)
            _table.Delete(key);
        Assert.Empty(_table.Contents());
        RequireSound(moment + ", then emptied");
    }

    public void Dispose() => _table.Dispose();

    private CrashPoint Run(int killBefore)
    {
        _table.Storage.Restore();
        _table.ReplaceProcess();
        if (!_scenario.Name.StartsWith("attach", StringComparison.Ordinal))
            _table.TakeBackSlot();
        return CrashPoint.Run(killBefore, () => _scenario.Operation(_table));
    }

    /// <summary>What nobody has killed is done, and has left everything at rest.</summary>
    private void RequireDone()
    {
        RequireBeforeOrAfter(_table.Contents(), "done");
        Assert.Equal(_standing, _table.Standing);
        RequireSound("done");
    }

    /// <summary>An operation that came to its end has happened; one that was killed, as a whole or not at all.</summary>
    private void RequireBeforeOrAfter(SortedDictionary<string, string> found, string moment)
    {
        if (!Same(found, _after) && (_isAcknowledged || !Same(found, _before)))
            Assert.Fail($"{_scenario.Name}, {moment}: the rows are {Show(found)}, neither {Show(_before)} nor {Show(_after)}");
    }

    private void RequireSound(string moment)
    {
        var report = _table.Verify();
        if (!report.IsSound)
            Assert.Fail($"{_scenario.Name}, {moment}: {report}");
    }

    private static bool Same(SortedDictionary<string, string> left, SortedDictionary<string, string> right) => left.SequenceEqual(right);

    private static string Show(SortedDictionary<string, string> rows) => $"{{{string.Join(", ", rows.Select(row => $"{row.Key}={row.Value}"))}}}";
}
