namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>An operation that can be run once, and what has to be closed after it.</summary>
internal sealed class PreparedOperation(Action run, Action close) : IDisposable
{
    public void Run() => run();

    public void Dispose() => close();
}
