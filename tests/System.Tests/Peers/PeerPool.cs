namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>Peers that have started and compiled their code before they are needed.</summary>
internal sealed class PeerPool : IDisposable
{
    private readonly Queue<PeerProcess> _starting = new();
    private readonly Func<PeerProcess> _start;

    public PeerPool(int size, Func<PeerProcess> start)
    {
        _start = start;
        for (var i = 0; i < size; i++)
            _starting.Enqueue(start());
    }

    /// <summary>One that is ready; the next one begins to start. It is the caller's to dispose.</summary>
    public PeerProcess Take()
    {
        var peer = _starting.Dequeue();
        _starting.Enqueue(_start());
        try
        {
            peer.WaitFor("ready");
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var peer in _starting)
            peer.Dispose();
    }
}
