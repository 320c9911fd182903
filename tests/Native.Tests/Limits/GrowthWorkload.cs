using System.Text;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Limits;

/// <summary>
/// Operations that make a table grow in all its regions: new rows of all sizes, longer values, batches, and between them what needs no space.
/// Each is tried as long as it takes, and the rows are compared with what they must be.
/// </summary>
internal sealed class GrowthWorkload(CrashTable table, RowFormat format)
{
    private const int RoundsOfRecords = 500;
    private const int RoundsOfEntries = 3000;

    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _counters = [];

    /// <summary>Whether the "disk" stays full once it is, so that what is refused is left out.</summary>
    public bool StaysFull { get; init; }

    public int Refused { get; private set; }

    /// <summary>Makes space; called when an operation has been refused and is to be tried again.</summary>
    public Action MakeSpace { get; init; } = () => { };

    public void Run()
    {
        Try("attach", mayFail: true, () => table.Attach(), () => { });
        for (var round = 0; round < (format.HasEntries ? RoundsOfEntries : RoundsOfRecords); round++)
        {
            Insert($"row{round:d5}", LengthOf(round), mayFail: true);
            if (round % 3 == 0)
                Count($"n{round / 9:d7}");
            if (round % 5 == 4)
                Insert($"row{round - 2:d5}", format.HasEntries ? sizeof(long) : LengthOf(round + 1), mayFail: !format.HasEntries);
            if (round % 7 == 6)
                Delete($"row{round - 3:d5}");
            if (round % 20 == 19)
                Commit(round);
        }
        Check();
    }

    /// <summary>Requires the rows of all that was acknowledged, and exact accounting.</summary>
    public void Check()
    {
        Assert.Equal(_rows, table.Contents());
        var report = table.Verify();
        Assert.True(report.IsSound, report.ToString());
    }

    private int LengthOf(int round) => format.HasEntries ? sizeof(long) : (round % 8) switch
    {
        0 => 0,
        1 => 8,
        2 => 44,
        7 => 6000 + round,
        var other => other * 100,
    };

    private void Insert(string key, int length, bool mayFail)
    {
        var value = new byte[length];
        new Random(key.GetHashCode(StringComparison.Ordinal) + length).NextBytes(value);
        Try($"insert of {length} bytes under '{key}'", mayFail || !_rows.ContainsKey(key), () => table.Insert(key, value), () => _rows[key] = Convert.ToHexString(value));
    }

    /// <summary>A counter that is there changes in place and needs no space.</summary>
    private void Count(string key) => Try($"counter '{key}'", mayFail: !_counters.Contains(key), () => table.Count(key, 1), () =>
    {
        _counters.Add(key);
        _rows[key] = Convert.ToHexString(BitConverter.GetBytes(Counter(key) + 1));
    });

    private void Delete(string key) => Try($"delete of '{key}'", mayFail: false, () => table.Delete(key), () => _rows.Remove(key));

    private void Commit(int round)
    {
        var keys = Enumerable.Range(0, 8).Select(number => $"b{round:d4}{number:d3}").ToArray();
        var value = new byte[format.HasEntries ? sizeof(long) : 200];
        Try($"batch of round {round}", mayFail: true, () => table.Commit(plan =>
        {
            foreach (var key in keys)
                plan.Insert(Encoding.UTF8.GetBytes(key), value);
            plan.Delete(Encoding.UTF8.GetBytes($"row{round - 8:d5}"));
        }), () =>
        {
            foreach (var key in keys)
                _rows[key] = Convert.ToHexString(value);
            _rows.Remove($"row{round - 8:d5}");
        });
    }

    private void Try(string what, bool mayFail, Action operation, Action acknowledge)
    {
        while (true)
        {
            try
            {
                operation();
                acknowledge();
                return;
            }
            catch (TableFullException error)
            {
                Refused++;
                Assert.True(mayFail, $"{what} needs no space: {error}");
                Assert.Equal("memory", error.Path);
                Assert.True(error.RequestedBytes > 0);
                Assert.Contains("memory", error.Message, StringComparison.Ordinal);
                Assert.Contains("full", error.Message, StringComparison.Ordinal);
                if (Refused <= 3)
                    Check();
                if (StaysFull && what != "attach")
                    return;
                MakeSpace();
            }
        }
    }

    private long Counter(string key) => _rows.TryGetValue(key, out var hexadecimal) ? BitConverter.ToInt64(Convert.FromHexString(hexadecimal)) : 0;
}
