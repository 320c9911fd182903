namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>An operation that can be run once, and what has to be closed after it.</summary>
internal sealed class PreparedOperation(Action run, params IDisposable[] owned) : IDisposable
{
    public void Run() => run();

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());
}
