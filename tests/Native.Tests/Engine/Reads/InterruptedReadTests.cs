using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>
/// A reader and a writer, exhaustively: the writer does its work, or as much of it as it lives for, between any two reads of the reader.
/// </summary>
public sealed class InterruptedReadTests : IDisposable
{
    private CrashTable _table = null!;
    private BucketRows _rows = null!;

    public void Dispose() => _table.Dispose();

    /// <summary>Each scenario with rows as records and as entries.</summary>
    public static TheoryData<string, bool> Scenarios
    {
        get
        {
            var scenarios = new TheoryData<string, bool>();
            foreach (var scenario in InterruptedReadScenario.All)
            {
                scenarios.Add(scenario.Name, false);
                scenarios.Add(scenario.Name, true);
            }
            return scenarios;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_read_that_a_writer_interrupts_gives_the_row_before_or_after(string name, bool areEntries)
    {
        var (scenario, moments) = Prepare(name, areEntries);
        foreach (var key in Keys(moments))
        {
            for (var interrupted = 0; ; interrupted++)
            {
                _table.Storage.Restore();
                var read = InterruptingMemory.Run(() => Read(key), interrupted, () => scenario.Run(_rows));
                if (InterruptingMemory.Reads <= interrupted)
                    break;
                Assert.True(Values(moments, key).Contains(read), $"'{key}' read as {read} around read {interrupted}");
                Assert.Equal(moments[^1].GetValueOrDefault(key), Read(key));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_read_that_a_dying_writer_interrupts_gives_the_row_before_or_after(string name, bool areEntries)
    {
        var (scenario, moments) = Prepare(name, areEntries);
        foreach (var key in Keys(moments).OrderBy(key => Values(moments, key).Distinct().Count() == 1).Take(8))
        {
            var isLast = false;
            for (var stores = 0; !isLast; stores++)
            {
                for (var interrupted = 0; ; interrupted++)
                {
                    _table.Storage.Restore();
                    var died = false;
                    var read = InterruptingMemory.Run(() => Read(key), interrupted, () => died = DiesAfter(stores, scenario));
                    if (InterruptingMemory.Reads <= interrupted)
                        break;
                    isLast = !died;
                    Assert.True(Values(moments, key).Contains(read),
                        $"'{key}' read as {read} around read {interrupted} by a writer that died after {stores} stores");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scan_that_a_writer_interrupts_sees_each_stable_row_exactly_once(string name, bool areEntries)
    {
        var (scenario, moments) = Prepare(name, areEntries);
        for (var interrupted = 0; ; interrupted++)
        {
            _table.Storage.Restore();
            var rows = InterruptingMemory.Run(Scan, interrupted, () => scenario.Run(_rows));
            if (InterruptingMemory.Reads <= interrupted)
                break;
            RequireStableRowsOnce(rows, moments, $"around read {interrupted}");
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scan_of_what_a_dead_writer_left_sees_each_stable_row_exactly_once(string name, bool areEntries)
    {
        var (scenario, moments) = Prepare(name, areEntries);
        var died = true;
        for (var stores = 0; died; stores++)
        {
            _table.Storage.Restore();
            died = DiesAfter(stores, scenario);
            RequireStableRowsOnce(Scan(), moments, $"after a writer died after {stores} stores");
        }
    }

    private (InterruptedReadScenario Scenario, List<SortedDictionary<string, string>> Moments) Prepare(string name, bool areEntries)
    {
        var scenario = InterruptedReadScenario.All.Single(scenario => scenario.Name == name);
        _table = new CrashTable(areEntries ? RowFormat.Entries(8, 8) : RowFormat.Records);
        _rows = new BucketRows(_table);
        _table.Attach();
        scenario.Before(_rows);
        _table.Storage.Save();
        var moments = new List<SortedDictionary<string, string>> { _table.Contents() };
        foreach (var operation in scenario.Meanwhile)
        {
            operation(_rows);
            moments.Add(_table.Contents());
        }
        return (scenario, moments);
    }

    private static string[] Keys(List<SortedDictionary<string, string>> moments) => [.. moments.SelectMany(rows => rows.Keys).Distinct()];

    private static IEnumerable<string?> Values(List<SortedDictionary<string, string>> moments, string key) => moments.Select(rows => rows.GetValueOrDefault(key));

    private static void RequireStableRowsOnce(List<KeyValuePair<string, string>> rows, List<SortedDictionary<string, string>> moments, string moment)
    {
        foreach (var (key, value) in rows)
            Assert.True(Values(moments, key).Contains(value), $"'{key}' seen as {value} {moment}");
        foreach (var key in Keys(moments).Where(key => moments.All(held => held.ContainsKey(key))))
            Assert.True(rows.Count(row => row.Key == key) == 1, $"'{key}' seen {rows.Count(row => row.Key == key)} times {moment}");
        Assert.Equal(rows.Count, rows.DistinctBy(row => row.Key).Count());
    }

    private bool DiesAfter(int stores, InterruptedReadScenario scenario)
    {
        try
        {
            using (TracedMemory.Watch(new CrashPoint(stores)))
                scenario.Run(_rows);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private string? Read(string key)
    {
        var destination = new byte[100];
        var bytes = System.Text.Encoding.UTF8.GetBytes(key);
        var status = _table.Space.HasEntries
            ? EntryReader<InterruptingMemory>.Read(_table.Space, _table.HashOf(key), bytes, destination, out var length)
            : HashReader<InterruptingMemory>.Read(_table.Space, _table.HashOf(key), bytes, destination, out length);
        return status == ReadStatus.Found ? Convert.ToHexString(destination, 0, length) : null;
    }

    private List<KeyValuePair<string, string>> Scan()
    {
        var rows = new List<KeyValuePair<string, string>>();
        var page = new ScanPage();
        var cursor = 0UL;
        bool more;
        do
        {
            more = HashScanner<InterruptingMemory>.Next(_table.Space, ref cursor, page);
            for (var row = 0; row < page.Count; row++)
                rows.Add(new(System.Text.Encoding.UTF8.GetString(page.Key(row)), Convert.ToHexString(page.Value(row))));
        }
        while (more);
        return rows;
    }
}
