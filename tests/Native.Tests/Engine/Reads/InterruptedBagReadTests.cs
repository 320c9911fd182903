using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>
/// A reader of a bag and a writer, exhaustively: the writer does its work, or as much of it as it lives for, between any two reads.
/// </summary>
public sealed class InterruptedBagReadTests : IDisposable
{
    private CrashTable _table = null!;
    private CrashScenario _scenario = null!;
    private SortedDictionary<string, string> _before = null!;
    private SortedDictionary<string, string> _after = null!;

    public static TheoryData<string> Scenarios => [.. BagCrashScenarios.All.Select(scenario => scenario.Name)];

    public void Dispose() => _table.Dispose();

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_lookup_that_a_writer_interrupts_gives_all_objects_before_or_after(string name)
    {
        Prepare(name);
        foreach (var key in (string[])["a", "b", "c"])
        {
            for (var interrupted = 0; ; interrupted++)
            {
                _table.Storage.Restore();
                var found = InterruptingMemory.Run(() => Lookup(key), interrupted, () => _scenario.Operation(_table));
                if (InterruptingMemory.Reads <= interrupted)
                    break;
                RequireBeforeOrAfter(key, found, $"around read {interrupted}");
                Assert.Equal(_after.GetValueOrDefault(key), Lookup(key));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scan_that_a_writer_interrupts_gives_each_key_with_all_its_objects_before_or_after(string name)
    {
        Prepare(name);
        for (var interrupted = 0; ; interrupted++)
        {
            _table.Storage.Restore();
            var rows = InterruptingMemory.Run(Scan, interrupted, () => _scenario.Operation(_table));
            if (InterruptingMemory.Reads <= interrupted)
                break;
            foreach (var key in _before.Keys.Union(_after.Keys).Union(rows.Keys))
                RequireBeforeOrAfter(key, rows.GetValueOrDefault(key), $"scanned around read {interrupted}");
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_lookup_of_what_a_dead_writer_left_gives_all_objects_before_or_after(string name)
    {
        Prepare(name);
        var isKilled = true;
        for (var store = 0; isKilled; store++)
        {
            _table.Storage.Restore();
            isKilled = CrashPoint.Run(store, () => _scenario.Operation(_table)).Killed;
            foreach (var key in (string[])["a", "b", "c"])
                RequireBeforeOrAfter(key, Lookup(key), $"after {store} stores");
        }
    }

    private void Prepare(string name)
    {
        _scenario = BagCrashScenarios.All.Single(scenario => scenario.Name == name);
        _table = new CrashTable(_scenario.Format, _scenario.Kind);
        _table.Attach();
        _scenario.Prepare(_table);
        _before = _table.Contents();
        _table.Storage.Save();
        _scenario.Operation(_table);
        _after = _table.Contents();
    }

    private void RequireBeforeOrAfter(string key, string? found, string moment) =>
        Assert.True(found == _before.GetValueOrDefault(key) || found == _after.GetValueOrDefault(key), $"'{key}' read as {found} {moment}");

    private string? Lookup(string key)
    {
        var page = new ScanPage();
        page.Clear(hasBagRows: true);
        var bytes = Encoding.UTF8.GetBytes(key);
        BagReader<InterruptingMemory>.Lookup(_table.Space, new BagKey(_table.Space, bytes, []), page);
        return page.Count == 0 ? null : string.Join(", ", Enumerable.Range(0, page.Count).Select(row => Convert.ToHexString(page.Value(row))));
    }

    private Dictionary<string, string> Scan()
    {
        var rows = new Dictionary<string, string>();
        var page = new ScanPage();
        for (var (cursor, more) = (0UL, true); more;)
        {
            more = BagScanner<InterruptingMemory>.Next(_table.Space, ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var key = Encoding.UTF8.GetString(page.Key(row));
                rows[key] = (rows.TryGetValue(key, out var others) ? others + ", " : "") + Convert.ToHexString(page.Value(row));
            }
        }
        return rows;
    }
}
