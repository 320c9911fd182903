namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>What is done when an operation is over.</summary>
internal sealed class Closing(Action close) : IDisposable
{
    public void Dispose() => close();
}
