namespace EtsPersist.Mmf.Native.Engine.Verification;

/// <summary>Counts what a walk has accounted for, and says so now and then: often enough for a bar, too seldom to cost anything.</summary>
internal sealed class WalkProgress(IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
{
    private const int Reports = 1000;

    private long _total;
    private long _done;
    private long _next;

    /// <summary>Says how much there is, before any of it is done.</summary>
    public void Begin(long totalBytes)
    {
        _total = totalBytes;
        Report();
    }

    /// <summary>Counts some bytes.</summary>
    /// <exception cref="OperationCanceledException">The walk is to end.</exception>
    public void Advance(long bytes)
    {
        _done += bytes;
        if (_done >= _next)
            Report();
    }

    /// <summary>Says the last count.</summary>
    public void End() => progress?.Report(new VerifyProgress(_done, _total));

    private void Report()
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new VerifyProgress(_done, _total));
        _next = _done + Math.Max(_total / Reports, 1);
    }
}
