namespace EtsPersist.Mmf.Runner;

/// <summary>
/// Has tests go on on the pool's threads. Without it xunit starts a thread for each step of a test, which ends with the step, and Wine loses what comes for a read
/// from a pipe just as the thread ends that has begun it.
/// </summary>
internal sealed class PoolContext : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(
        _ =>
        {
            SetSynchronizationContext(this);
            try
            {
                d(state);
            }
            finally
            {
                SetSynchronizationContext(null);
            }
        });

    public override SynchronizationContext CreateCopy() => this;
}
