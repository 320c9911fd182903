using EtsPersist.Mmf.Peer.Workload;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// A worker of one of two versions of a program: awaits the table, checks it, and writes rows until it is killed or told to stop. Each row
/// has the next number after the highest one in the table; each is acknowledged beside the table.
/// </summary>
/// <remarks>Says <c>connected</c>, then <c>owns epoch reason from highest rows-of-version-2</c>, then <c>released</c>.</remarks>
internal sealed class WorkerCommand : IPeerCommand
{
    public string Name => "worker";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        var work = arguments.Number("version") == 1
            ? WorkAsync(arguments, console, AccountRows.Version1)
            : WorkAsync(arguments, console, AccountRows.Version2);
        work.GetAwaiter().GetResult();
    }

    private static async Task WorkAsync<TRow>(PeerArguments arguments, PeerConsole console, Func<long, TRow> make) where TRow : IAccount
    {
        using var acknowledged = SharedCounters.Open(arguments.Text("counters"));
        var options = new EtsWorkerOptions { Directory = arguments.Text("dir"), ConnectTimeout = TimeSpan.FromSeconds(30) };
        await using var worker = await EtsWorker.ConnectAsync(arguments.Text("role"), options);
        console.Say($"connected");
        await using (var table = await worker.OwnAsync<string, TRow>(arguments.Text("table"), EtsTableOptions.Default))
        {
            var sequence = Check(table, out var newer);
            var transfer = table.Transfer!;
            console.Say($"owns {transfer.Epoch} {transfer.Reason} {transfer.From?.ProcessId ?? 0} {sequence} {newer}");
            for (var told = console.UntilTold(); !told.IsCancellationRequested;)
            {
                sequence++;
                table.Insert(AccountRows.KeyOf(sequence), make(sequence));
                acknowledged[arguments.Number("place")] = sequence;
            }
        }
        console.Say($"released");
    }

    /// <summary>The highest number in the table, all of whose rows must be right.</summary>
    private static long Check<TRow>(EtsTable<string, TRow> table, out int newer) where TRow : IAccount
    {
        newer = 0;
        var highest = 0L;
        foreach (var (key, row) in table)
        {
            if (AccountRows.Check(key, row) is { } wrong)
                throw new InvalidOperationException(wrong);
            highest = Math.Max(highest, row.Sequence);
            newer += row is AccountVersion2 { Currency: not AccountVersion2.DefaultCurrency } ? 1 : 0;
        }
        return highest;
    }
}
