using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

/// <summary>Replays one recording and compares the answers.</summary>
internal sealed class TraceReplay(Trace trace, string root, bool stress)
{
    private const int MostOnTheirWay = 50;
    private const int OperationsBetweenReopenings = 100;
    private const int OperationsBetweenKills = 500;
    private const int MostKept = 5;

    private readonly List<Difference> _first = [];
    private int _differences;

    /// <summary>Runs.</summary>
    /// <exception cref="StuckException">A process ended or does not go on.</exception>
    public TraceResult Run()
    {
        var order = new WorkerOrder(root, trace.Name, trace.Kind, trace.Keys, GrowsByPages: stress);
        using var owners = new TableOwners(order, withSuccessor: stress);
        for (var done = 0; done < trace.Operations.Count; done += MostOnTheirWay)
        {
            if (stress && done > 0) Disturb(owners, done);
            Run(owners, [.. trace.Operations.Skip(done).Take(MostOnTheirWay)]);
        }
        return new TraceResult(trace.Name, trace.Operations.Count, _differences, _first);
    }

    /// <summary>Between two operations, so that every answer is known to the letter.</summary>
    private static void Disturb(TableOwners owners, int done)
    {
        if (done % OperationsBetweenKills == 0) owners.KillOwner();
        else if (done % OperationsBetweenReopenings == 0) owners.Reopen();
    }

    private void Run(TableOwners owners, RecordedOperation[] operations)
    {
        foreach (var operation in operations) owners.Send(operation.Text);
        foreach (var operation in operations) Compare(operation, owners.Receive());
    }

    private void Compare(RecordedOperation operation, string got)
    {
        if (JsonNode.DeepEquals(operation.Expected, JsonNode.Parse(got))) return;
        _differences++;
        if (_first.Count < MostKept) _first.Add(new Difference(trace.Name, operation, got));
    }
}
