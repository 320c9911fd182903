using System.Text;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>
/// A reader of an ordered table and a writer, exhaustively: the writer does its work, or as much of it as it lives for, between any two reads.
/// </summary>
public sealed class InterruptedTreeReadTests : IDisposable
{
    private CrashTable _table = null!;
    private CrashScenario _scenario = null!;
    private SortedDictionary<string, string> _before = null!;
    private SortedDictionary<string, string> _after = null!;

    public void Dispose() => _table.Dispose();

    public static TheoryData<string> Scenarios => [.. OrderedCrashScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_read_that_a_writer_interrupts_gives_the_row_before_or_after(string name)
    {
        Prepare(name);
        foreach (var key in InterestingKeys())
        {
            for (var interrupted = 0; ; interrupted++)
            {
                _table.Storage.Restore();
                var read = InterruptingMemory.Run(() => Read(key), interrupted, () => _scenario.Operation(_table));
                if (InterruptingMemory.Reads <= interrupted)
                    break;
                Assert.True(read == _before.GetValueOrDefault(key) || read == _after.GetValueOrDefault(key), $"'{key}' read as {read} around read {interrupted}");
                Assert.Equal(_after.GetValueOrDefault(key), Read(key));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_read_or_scan_of_what_a_dead_writer_left_gives_rows_before_or_after(string name)
    {
        Prepare(name);
        for (var store = 0; ; store++)
        {
            _table.Storage.Restore();
            var isKilled = CrashPoint.Run(store, () => _scenario.Operation(_table)).Killed;
            foreach (var key in InterestingKeys())
                Assert.Contains(Read(key), new[] { _before.GetValueOrDefault(key), _after.GetValueOrDefault(key) });
            RequireStableRowsInOrder(Scan(backward: false), $"after {store} stores");
            RequireStableRowsInOrder(Scan(backward: true), $"backwards after {store} stores");
            if (!isKilled)
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scan_that_a_writer_interrupts_sees_each_stable_row_exactly_once(string name)
    {
        Prepare(name);
        foreach (var backward in (bool[])[false, true])
        {
            for (var interrupted = 0; ; interrupted++)
            {
                _table.Storage.Restore();
                var rows = InterruptingMemory.Run(() => Scan(backward), interrupted, () => _scenario.Operation(_table));
                if (InterruptingMemory.Reads <= interrupted)
                    break;
                RequireStableRowsInOrder(rows, $"around read {interrupted}, backward {backward}");
            }
        }
    }

    [Theory]
    [InlineData("ordered: split of the first leaf in the middle")]
    [InlineData("ordered: split of a leaf below a root")]
    [InlineData("ordered: split of the root in the middle")]
    [InlineData("ordered: batch that splits a leaf")]
    public void A_scan_that_a_dying_writer_interrupts_sees_each_stable_row_exactly_once(string name)
    {
        Prepare(name);
        var isKilled = true;
        for (var store = 0; isKilled; store++)
        {
            for (var interrupted = 0; ; interrupted += 5)
            {
                _table.Storage.Restore();
                var rows = InterruptingMemory.Run(() => Scan(backward: false), interrupted,
                    () => isKilled = CrashPoint.Run(store, () => _scenario.Operation(_table)).Killed);
                if (InterruptingMemory.Reads <= interrupted)
                    break;
                RequireStableRowsInOrder(rows, $"around read {interrupted} of a writer that died after {store} stores");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Steps_from_key_to_key_through_what_a_dead_writer_left_meet_each_stable_row(string name)
    {
        Prepare(name);
        for (var (store, isKilled) = (0, true); isKilled; store++)
        {
            _table.Storage.Restore();
            isKilled = CrashPoint.Run(store, () => _scenario.Operation(_table)).Killed;
            RequireStableRowsInOrder(Walk(backward: false), $"after {store} stores");
            RequireStableRowsInOrder(Walk(backward: true), $"backwards after {store} stores");
        }
    }

    private void Prepare(string name)
    {
        _scenario = OrderedCrashScenarios.All.Single(scenario => scenario.Name == name);
        _table = new CrashTable(_scenario.Format, _scenario.Kind);
        _table.Attach();
        _scenario.Prepare(_table);
        _before = _table.Contents();
        _table.Storage.Save();
        _scenario.Operation(_table);
        _after = _table.Contents();
    }

    /// <summary>The keys that the operation changes, and those at the ends and in the middle.</summary>
    private IEnumerable<string> InterestingKeys()
    {
        var changed = _before.Keys.Union(_after.Keys).Where(key => _before.GetValueOrDefault(key) != _after.GetValueOrDefault(key));
        var others = _before.Keys.Where((_, row) => row == 0 || row == _before.Count / 2 || row == _before.Count - 1);
        return changed.Take(4).Union(others);
    }

    private string? Read(string key)
    {
        var destination = new byte[4000];
        var status = TreeReader<InterruptingMemory>.Read(_table.Space, Encoding.UTF8.GetBytes(key), destination, out var length);
        return status == ReadStatus.Found ? Convert.ToHexString(destination, 0, length) : null;
    }

    private List<KeyValuePair<string, string>> Scan(bool backward)
    {
        var rows = new List<KeyValuePair<string, string>>();
        var page = new ScanPage();
        var cursor = default(RangeCursor);
        bool more;
        do
        {
            more = TreeScanner<InterruptingMemory>.Next(_table.Space, ref cursor, KeyBound.None, KeyBound.None, backward, page);
            for (var row = 0; row < page.Count; row++)
                rows.Add(new(Encoding.UTF8.GetString(page.Key(row)), Convert.ToHexString(page.Value(row))));
        }
        while (more);
        if (backward)
            rows.Reverse();
        return rows;
    }

    private List<KeyValuePair<string, string>> Walk(bool backward)
    {
        var rows = new List<KeyValuePair<string, string>>();
        var page = new ScanPage();
        for (var from = KeyBound.None;
             TreeScanner<InterruptingMemory>.TryNearest(_table.Space, backward ? KeyBound.None : from, backward ? from : KeyBound.None, backward, page);
             from = KeyBound.Exclusive(page.Key(0).ToArray()))
            rows.Add(new(Encoding.UTF8.GetString(page.Key(0)), Convert.ToHexString(page.Value(0))));
        if (backward)
            rows.Reverse();
        return rows;
    }

    private void RequireStableRowsInOrder(List<KeyValuePair<string, string>> rows, string moment)
    {
        Assert.Equal(rows.Select(row => row.Key).Order(StringComparer.Ordinal).Distinct(), rows.Select(row => row.Key));
        foreach (var (key, value) in rows)
            Assert.True(value == _before.GetValueOrDefault(key) || value == _after.GetValueOrDefault(key), $"'{key}' seen as {value} {moment}");
        var seen = rows.Select(row => row.Key).ToHashSet();
        Assert.True(_before.Keys.Where(_after.ContainsKey).All(seen.Contains), $"a stable row was not seen {moment}");
    }
}
