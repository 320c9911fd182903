using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

/// <summary>Why a table comes: the reason of its last change of hands.</summary>
public sealed class TableReleaseTests : HandOverGround
{
    [Fact]
    public void A_released_table_goes_to_the_next_worker_as_released()
    {
        Owning(1, slot: 3);
        var next = Waiting(2);
        Table.Release();
        HandOver.Look();
        Assert.Equal(new Offer(2, TransferReason.Released, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }

    [Fact]
    public void A_table_that_was_accepted_and_released_between_two_looks_was_released()
    {
        Waiting(1);
        HandOver.Look();
        var next = Waiting(2);
        Table.Accept(1, slot: 3);
        Table.Release();
        HandOver.Look();
        Assert.Equal(TransferReason.Released, Assert.Single(next.Offers).Reason);
    }

    [Fact]
    public void The_reason_outlives_an_offer_that_was_not_accepted()
    {
        var owner = Owning(1, slot: 3);
        var doomed = Waiting(2);
        Kill(owner, slot: 3);
        HandOver.Look();
        doomed.IsDead = true;
        var next = Waiting(4);
        HandOver.Look();
        Assert.Equal(new Offer(3, TransferReason.OwnerDied, new PreviousOwner(1, "billing")), Assert.Single(next.Offers));
    }
}
