using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>A worker in its own process, which dies when the test says so.</summary>
internal sealed class FakeWorker(int processId, string role = "billing") : IClaimant, IOwnerProcess
{
    public List<Offer> Offers { get; } = [];

    public string Role { get; } = role;

    public int Priority { get; init; }

    public ulong WorkerId => (ulong)ProcessId;

    public IOwnerProcess Process => this;

    public int ProcessId { get; } = processId;

    public bool IsDead { get; set; }

    public int? ExitStatus { get; set; }

    public int OwnedTables { get; set; }

    public Offer LastOffer => Offers[^1];

    public void CountOwned(int change) => OwnedTables += change;
}
