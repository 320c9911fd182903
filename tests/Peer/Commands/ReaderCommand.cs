using System.Diagnostics;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Reads a domain through a read-only mapping until it is told to stop: by key and by going through the whole table. Counts its reads in
/// place <c>--place</c>, what was wrong in the next one, and says the first of it.
/// </summary>
internal sealed class ReaderCommand : IPeerCommand
{
    private const int ReadsBetweenScans = 5000;

    public string Name => "reader";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        using var counters = SharedCounters.Open(arguments.Text("counters"));
        using var table = TableFile.Open(arguments.Text("file"), writable: false);
        var place = arguments.Number("place");
        var check = new ReadCheck(table, new RowKeys(arguments.Text("domain"), arguments.Number("rows")));
        var random = new Randomness((ulong)arguments.Number("seed", 1));
        var told = console.UntilTold();
        var longest = TimeSpan.Zero;
        var last = Stopwatch.GetTimestamp();
        console.Say($"ready");
        for (var reads = 1L; !told.IsCancellationRequested; reads++)
        {
            if (check.ReadOne(random) is { } wrong || (reads % ReadsBetweenScans == 0 && (wrong = check.ReadAll()) is not null))
            {
                if (counters[place + 1]++ == 0)
                    console.Say($"wrong {wrong}");
            }
            counters[place] = reads;
            var now = Stopwatch.GetTimestamp();
            var gap = Stopwatch.GetElapsedTime(last, now);
            longest = gap > longest && reads % ReadsBetweenScans != 0 ? gap : longest;
            last = now;
        }
        console.Say($"done {counters[place]} reads, {counters[place + 1]} wrong, longest gap {longest.TotalMilliseconds:F2} ms");
    }
}
