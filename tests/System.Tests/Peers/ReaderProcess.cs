namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>A peer that reads until it is stopped, counts its reads in one place and what was wrong in the next.</summary>
internal sealed class ReaderProcess : IDisposable
{
    /// <summary>The place where readers count; writers' places lie before it.</summary>
    public const int Place = 100;

    private readonly PeerProcess _peer;
    private readonly SharedCounters _counters;

    public ReaderProcess(PeerProcess peer, SharedCounters counters)
    {
        (_peer, _counters) = (peer, counters);
        peer.WaitFor("ready");
    }

    /// <summary>Waits until it has read so many times more.</summary>
    public void RequireProgress(int reads = 200)
    {
        var before = _counters[Place];
        Wait.Until(() => _counters[Place] >= before + reads || _peer.HasExited, () => $"the reader to go on. {_peer.Transcript()}");
        Assert.False(_peer.HasExited, _peer.Transcript());
    }

    /// <summary>Ends it. It must have seen nothing wrong; answers its summary.</summary>
    public string Stop()
    {
        _peer.Say($"stop");
        var summary = _peer.WaitFor("done");
        Assert.True(_counters[Place + 1] == 0, _peer.Transcript());
        return summary;
    }

    public void Dispose() => _peer.Dispose();
}
