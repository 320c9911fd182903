namespace EtsPersist.Mmf.Soak;

/// <summary>Processes started ahead, so that the dead are replaced at once although a start takes long.</summary>
internal sealed class Reserve(SoakFolder folder) : IDisposable
{
    private const int Size = 9;
    private const int MostStarting = 3;
    private readonly Queue<ReserveProcess> _processes = new();
    private int _started;

    /// <summary>Whether all are ready.</summary>
    public bool IsFull => _processes.Count == Size && _processes.All(process => process.IsReady);

    /// <summary>Starts what is missing, a few at a time.</summary>
    public void Complete()
    {
        while (_processes.Count < Size && _processes.Count(process => !process.IsReady) < MostStarting)
            _processes.Enqueue(new ReserveProcess(++_started, folder));
    }

    /// <summary>The one that has waited longest, if it is ready.</summary>
    /// <exception cref="StuckException">It has failed.</exception>
    public ReserveProcess? TryTake()
    {
        if (!_processes.TryPeek(out var first)) return null;
        if (first.HasExited) throw new StuckException($"A process failed before it had a role.{Environment.NewLine}{first.Describe()}");
        return first.IsReady ? _processes.Dequeue() : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes) process.Dispose();
    }
}
