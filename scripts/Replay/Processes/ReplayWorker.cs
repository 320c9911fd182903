using System.Collections.Concurrent;

namespace EtsPersist.Mmf.Replay;

/// <summary>A process that owns the table of a recording and carries out its operations, or waits for that.</summary>
internal sealed class ReplayWorker : ChildProcess
{
    private readonly BlockingCollection<(ReplayWorker Speaker, string Line)> _heard;

    /// <summary>Starts a process that asks for the table at once.</summary>
    /// <param name="name">What the run calls it.</param>
    /// <param name="order">Which table it asks for.</param>
    /// <param name="heard">Where what it says goes.</param>
    public ReplayWorker(string name, WorkerOrder order, BlockingCollection<(ReplayWorker Speaker, string Line)> heard)
        : base(name, "replay", order.ToArguments()) => _heard = heard;

    /// <inheritdoc/>
    protected override void Heard(string line) => _heard.Add((this, line));
}
