using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.HandOver;

/// <summary>A worker that waits for the table and writes into it as long as it owns it.</summary>
internal sealed class WorkerProcess(PeerProcess peer, SharedCounters counters, int place) : IDisposable
{
    public PeerProcess Peer => peer;

    public int Id => peer.Id;

    /// <summary>The number of the last row that this worker has acknowledged.</summary>
    public long Acknowledged => counters[place];

    /// <summary>Waits until it owns the table, and answers how it came to it.</summary>
    public Arrival WaitForArrival() => Arrival.Parse(peer.WaitFor("owns"));

    /// <summary>Waits until it owns the table, in which is all that the owner before has acknowledged, and perhaps its last row.</summary>
    public Arrival RequireTakeOver(WorkerProcess from, uint epoch, TransferReason reason = TransferReason.OwnerDied)
    {
        var arrival = WaitForArrival();
        Assert.Equal((epoch, reason, from.Id), (arrival.Epoch, arrival.Reason, arrival.From));
        Assert.InRange(arrival.Highest, from.Acknowledged, from.Acknowledged + 1);
        return arrival;
    }

    public void Dispose() => peer.Dispose();
}
