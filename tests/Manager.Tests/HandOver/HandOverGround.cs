using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>One table's hand-over with a table, workers and a time of the test's own.</summary>
public abstract class HandOverGround
{
    private protected static readonly HandOverPolicy Policy = HandOverPolicy.Default;

    protected HandOverGround() => HandOver = new TableHandOver(Table, Claims, Policy, Surroundings, Time);

    private protected FakeTable Table { get; } = new();

    private protected ClaimQueue Claims { get; } = new();

    private protected RecordingSurroundings Surroundings { get; } = new();

    private protected ManualTime Time { get; } = new();

    private protected TableHandOver HandOver { get; }

    private protected FakeWorker Waiting(int processId)
    {
        var worker = new FakeWorker(processId);
        Wait(worker);
        return worker;
    }

    private protected void Wait(FakeWorker worker) => Claims.Add(worker, Time.GetElapsedTime(0));

    /// <summary>A worker that has taken the table.</summary>
    private protected FakeWorker Owning(int processId, int slot)
    {
        var worker = Waiting(processId);
        HandOver.Look();
        Assert.True(Table.Accept(worker.LastOffer.Epoch, slot));
        HandOver.Look();
        return worker;
    }

    private protected void DieOnArrival()
    {
        Kill(Owning(9, slot: 3), slot: 3);
        HandOver.Look();
    }

    private protected void Kill(FakeWorker worker, int slot)
    {
        worker.IsDead = true;
        Table.Alive.Remove(slot);
    }
}
