using EtsPersist.Mmf.Peer.Workload;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// A reader of version 1, with or without a manager, until it is told to stop. Counts its reads in place <c>--place</c>, what was wrong in
/// the next one, and says the first of it.
/// </summary>
internal sealed class AccountReaderCommand : IPeerCommand
{
    private const int ReadsBetweenScans = 500;

    public string Name => "account-reader";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        using var counters = SharedCounters.Open(arguments.Text("counters"));
        var options = new EtsOpenOptions { Directory = arguments.Text("dir") };
        using var table = EtsTable.Open<string, AccountVersion1>(arguments.Text("table"), options);
        var place = arguments.Number("place");
        var random = new Randomness(1);
        var latest = new long[AccountRows.Count];
        var told = console.UntilTold();
        console.Say($"ready");
        for (var reads = 1L; !told.IsCancellationRequested; reads++)
        {
            var number = random.Below(AccountRows.Count);
            var wrong = Read(table, number, ref latest[number]);
            if (reads % ReadsBetweenScans == 0)
                wrong ??= table.Select(row => AccountRows.Check(row.Key, row.Value)).FirstOrDefault(found => found is not null);
            if (wrong is not null && counters[place + 1]++ == 0)
                console.Say($"wrong {wrong}");
            counters[place] = reads;
        }
        console.Say($"done {counters[place]} reads, {counters[place + 1]} wrong");
    }

    /// <summary>A row never disappears and never goes back.</summary>
    private static string? Read(EtsTable<string, AccountVersion1> table, int number, ref long latest)
    {
        var key = AccountRows.KeyOf(number);
        if (!table.TryGet(key, out var row))
            return latest == 0 ? null : $"{key} is gone";
        if (row.Sequence < latest)
            return $"{key} went back from {latest} to {row.Sequence}";
        latest = row.Sequence;
        return AccountRows.Check(key, row);
    }
}
