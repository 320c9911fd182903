using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>One scenario, tried again and again from the same moment.</summary>
internal sealed class CrashTrial : IDisposable
{
    private readonly CrashScenario _scenario;
    private readonly CrashTable _table;
    private readonly SortedDictionary<string, string> _before;
    private readonly SortedDictionary<string, string> _after;

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
    }

    /// <summary>How many stores the operation makes when nobody kills it.</summary>
    public int Stores { get; }

    /// <summary>Goes back to the beginning and kills the operation before a store; beyond the last, after its end.</summary>
    public void KillOperationBefore(int store)
    {
        Run(store);
        _table.ReplaceProcess();
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
        Assert.True(Same(found, _before) || Same(found, _after), $"{_scenario.Name}, {moment}, decided: the rows are {Show(found)}, neither {Show(_before)} nor {Show(_after)}");
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
        Assert.True(Same(found, _before) || Same(found, _after), $"{_scenario.Name}, {moment}: the rows are {Show(found)}, neither {Show(_before)} nor {Show(_after)}");
        Assert.Equal(0, _table.Space.ReaderWaits);
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
        if (_scenario.Name != "attach")
            _table.TakeBackSlot();
        return CrashPoint.Run(killBefore, () => _scenario.Operation(_table));
    }

    private void RequireSound(string moment)
    {
        var report = _table.Verify();
        Assert.True(report.IsSound, $"{_scenario.Name}, {moment}: {report}");
    }

    private static bool Same(SortedDictionary<string, string> left, SortedDictionary<string, string> right) => left.SequenceEqual(right);

    private static string Show(SortedDictionary<string, string> rows) => $"{{{string.Join(", ", rows.Select(row => $"{row.Key}={row.Value}"))}}}";
}
