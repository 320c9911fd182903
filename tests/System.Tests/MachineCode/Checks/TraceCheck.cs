using EtsPersist.Mmf.Peer.Stepping;
using EtsPersist.Mmf.System.Tests.MachineCode.Images;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Checks;

/// <summary>
/// Takes each state of a traced operation for what a kill has left. It must show the table before the operation or, from one instruction
/// on, after it; recovery must show no other, and leave a table that is sound and can be used.
/// </summary>
internal sealed class TraceCheck
{
    /// <summary>The widest register. What one instruction has changed beyond that lay above a watermark, and was stored before.</summary>
    private const int WidestStore = 64;

    private readonly SteppedOperation _operation;
    private readonly string _path;
    private readonly TableContents _before;
    private readonly TableContents _after;
    private readonly List<string> _failures = [];
    private bool _isDone;

    private TraceCheck(SteppedOperation operation, OperationTrace trace, string path)
    {
        (_operation, _path) = (operation, path);
        var (before, buckets) = Look(trace.Before);
        var (after, bucketsAfter) = Look(trace.After());
        (_before, _after) = (before, after);
        if (operation.IsVisible == before.IsSameAs(after) || operation.Splits != bucketsAfter > buckets)
            _failures.Add($"It did not do what it should: {after.DifferencesTo(before)}; {buckets} buckets, then {bucketsAfter}");
    }

    /// <summary>What is wrong with the states of an operation, a sentence each.</summary>
    public static IReadOnlyList<string> Failures(SteppedOperation operation, OperationTrace trace)
    {
        using var folder = new TemporaryFolder();
        var check = new TraceCheck(operation, trace, folder["killed.ets"]);
        foreach (var (last, image) in trace.States())
            check.Check(last, image);
        return check._failures;
    }

    private void Check(Store? last, TableImage image)
    {
        try
        {
            Assert.InRange(last?.Bytes.Length ?? 0, 0, WidestStore);
            using var killed = new KilledTable(image, _path);
            RequireBeforeOrAfter(killed.Contents());
            killed.Recover();
            killed.RequireUsable();
        }
        catch (Exception error) when (error is EtsException or Xunit.Sdk.XunitException)
        {
            _failures.Add($"{_operation} killed after {last?.ToString() ?? "nothing"}: {error.Message}");
        }
    }

    private void RequireBeforeOrAfter(TableContents seen)
    {
        if (!_operation.IsVisible)
        {
            Assert.True(seen.IsSameAs(_before), $"Readers see that {seen.DifferencesTo(_before)}");
            return;
        }
        _isDone |= seen.IsSameAs(_after);
        var expected = _isDone ? _after : _before;
        var when = _isDone ? "after" : "before";
        Assert.True(seen.IsSameAs(expected), $"Readers see that {seen.DifferencesTo(expected)}, {when} it was done");
    }

    private (TableContents Contents, long Buckets) Look(TableImage image)
    {
        using var table = new KilledTable(image, _path);
        table.Recover();
        return (table.Contents(), table.RequireSound().Buckets);
    }
}
