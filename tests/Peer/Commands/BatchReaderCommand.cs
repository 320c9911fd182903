using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Peer.Workload;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Reads the rows of a group, in all orders, until it is told to stop. All rows change by one store, so what is read later is never older.
/// Counts its reads in place <c>--place</c>, what was wrong in the next one, and says the first of it.
/// </summary>
internal sealed class BatchReaderCommand : IPeerCommand
{
    private const int ReadsBetweenScans = 1000;

    public string Name => "batch-reader";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        using var counters = SharedCounters.Open(arguments.Text("counters"));
        using var table = TableFile.Open(arguments.Text("file"), writable: false);
        var group = new RowGroup(arguments.Text("domain"), arguments.Number("keys"));
        var place = arguments.Number("place");
        var random = new Randomness((ulong)arguments.Number("seed", 1));
        var told = console.UntilTold();
        var latest = 0L;
        console.Say($"ready");
        for (var reads = 1L; !told.IsCancellationRequested; reads++)
        {
            var row = random.Below(group.Count);
            var number = reads % ReadsBetweenScans == 0 ? group.ReadOldest(table) : group.Read(table, row);
            if (number < latest && counters[place + 1]++ == 0)
                console.Say($"wrong row {row} has {number} after {latest} was read");
            latest = Math.Max(latest, number);
            counters[place] = reads;
        }
        console.Say($"done {counters[place]} reads, {counters[place + 1]} wrong, latest {latest}");
    }
}
