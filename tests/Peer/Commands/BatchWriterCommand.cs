using System.Globalization;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Peer.Workload;

namespace EtsPersist.Mmf.Peer.Commands;

/// <summary>
/// Writes one number after the other into all rows of a group, each by one batch, until it is killed; acknowledges each beside the table.
/// </summary>
/// <remarks>Says <c>ready</c>, then waits for <c>go first</c>.</remarks>
internal sealed class BatchWriterCommand : IPeerCommand
{
    private const int WarmUpBatches = 30;

    public string Name => "batch-writer";

    public void Run(PeerArguments arguments, PeerConsole console)
    {
        using var acknowledged = SharedCounters.Open(arguments.Text("counters"));
        using var table = TableFile.Open(arguments.Text("file"), writable: true);
        var domain = arguments.Text("domain");
        var group = new RowGroup(domain, arguments.Number("keys"));
        var plan = new BatchPlan();
        ScratchTable.Use(arguments.Text("file"), domain, scratch => WarmUp(scratch, new RowGroup(domain, 8), plan));
        console.Say($"ready");
        if (console.Listen() is not ["go", var first])
            return;
        for (var number = long.Parse(first, CultureInfo.InvariantCulture); ; number++)
        {
            group.Plan(plan, number);
            table.Commit(plan);
            acknowledged[arguments.Number("place")] = number;
        }
    }

    private static void WarmUp(TableFile scratch, RowGroup group, BatchPlan plan)
    {
        for (var number = 1; number <= WarmUpBatches; number++)
        {
            group.Plan(plan, number);
            scratch.Commit(plan);
        }
    }
}
