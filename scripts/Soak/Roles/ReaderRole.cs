using System.Globalization;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>Reads the rows of several domains of a table through a read-only mapping, by key and by scans. Told: file, rows, index, domains.</summary>
internal sealed class ReaderRole : IRole
{
    /// <summary>The first word of a reader's order.</summary>
    public const string Word = "reader";

    private const int ReadsBetweenScans = 20_000;
    private const int ReadsBetweenPauses = 256;

    public string Name => Word;

    public void Run(string[] words, SharedCounters counters, Shifts shifts)
    {
        using var table = TableFile.Open(words[0], writable: false);
        var rows = int.Parse(words[1], CultureInfo.InvariantCulture);
        var index = int.Parse(words[2], CultureInfo.InvariantCulture);
        var checks = words[3..].Select(domain => new ReadCheck(table, new RowKeys(domain, rows))).ToArray();
        var random = new Randomness((ulong)Environment.ProcessId);
        var waitsBefore = counters[Places.ReaderWaits(index)];
        for (var reads = 1L; ; reads++)
        {
            while (!shifts.IsOn) shifts.AwaitNext();
            var check = checks[random.Below(checks.Length)];
            var wrong = reads % ReadsBetweenScans == 0 ? check.ReadAll() : check.ReadOne(random);
            counters[Places.Reads(index)]++;
            counters[Places.ReaderWaits(index)] = waitsBefore + table.ReaderWaits;
            if (wrong is not null && counters[Places.WrongReads(index)]++ == 0) Console.WriteLine($"wrong: {wrong}");

            // Leaves the processor to the writers now and then: the reader is a witness, not the load.
            if (reads % ReadsBetweenPauses == 0) Thread.Sleep(1);
        }
    }
}
