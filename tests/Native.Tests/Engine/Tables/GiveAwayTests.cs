using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class GiveAwayTests : IDisposable
{
    private readonly TemporaryTable _table = new(TableAccess.Protected);

    private TableFile Giver => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_table_that_is_given_away_is_written_by_the_receiver_and_by_the_giver_no_more()
    {
        var owned = Own(Giver);
        Giver.Insert("a"u8, "1"u8);
        var receiver = _table.OpenAgain();
        Assert.True(Giver.TryGiveAway(owned.Epoch, out var offered));
        Assert.Equal((2U, OwnershipState.Offered), (offered.Epoch, Giver.Ownership.State));
        Assert.Throws<NotOwnerException>(() => Giver.Insert("a"u8, "2"u8));
        Assert.True(receiver.TryAccept(offered.Epoch));
        receiver.Insert("a"u8, "3"u8);
        Assert.Throws<NotOwnerException>(() => Giver.Insert("a"u8, "2"u8));
        Giver.RequireValue("a"u8, "3"u8);
        Assert.Equal(2U, Giver.AcceptedEpoch);
    }

    [Fact]
    public void What_nobody_accepts_is_taken_back_under_an_epoch_of_its_own()
    {
        var owned = Own(Giver);
        Assert.True(Giver.TryGiveAway(owned.Epoch, out var offered));
        Assert.True(Giver.TryTakeBack(offered, out var again));
        Assert.Equal(new Ownership(3, OwnershipState.Owned, Giver.Attach()), again);
        Assert.Equal(again, Giver.Ownership);
        Assert.False(_table.OpenAgain().TryAccept(offered.Epoch));
        Giver.Insert("a"u8, "1"u8);
        Assert.True(Giver.TryRelease(again.Epoch));
    }

    [Fact]
    public void Only_the_owner_gives_away_and_only_what_it_has()
    {
        var other = _table.OpenAgain();
        Assert.False(Giver.TryGiveAway(0, out _));
        var owned = Own(Giver);
        Assert.False(Giver.TryGiveAway(owned.Epoch + 1, out _));
        Assert.False(other.TryGiveAway(owned.Epoch, out _));
        Assert.Equal(owned, Giver.Ownership);
        Giver.Insert("a"u8, "1"u8);
    }

    [Fact]
    public void An_acceptance_and_a_taking_back_cannot_both_succeed()
    {
        var receiver = _table.OpenAgain();
        for (var round = 0; round < 200; round++)
        {
            var owned = Own(Giver);
            Assert.True(Giver.TryGiveAway(owned.Epoch, out var offered));
            var (accepted, takenBack, again) = (false, false, default(Ownership));
            Parallel.Invoke(() => accepted = receiver.TryAccept(offered.Epoch), () => takenBack = Giver.TryTakeBack(offered, out again));
            Assert.True(accepted ^ takenBack);
            Assert.True(accepted ? receiver.TryRelease(offered.Epoch) : Giver.TryRelease(again.Epoch));
        }
    }

    [Fact]
    public async Task Nothing_is_written_by_the_giver_once_the_table_is_offered()
    {
        for (var round = 0; round < 20; round++)
        {
            var owned = Own(Giver);
            var writer = Task.Factory.StartNew(() =>
            {
                while (true)
                    Giver.UpdateCounter("n"u8, 1, 0, Long);
            }, TaskCreationOptions.LongRunning);
            SpinWait.SpinUntil(() => Giver.Contains("n"u8), TimeSpan.FromSeconds(30));
            Assert.True(Giver.TryGiveAway(owned.Epoch, out var offered));
            var count = Giver.Get("n"u8);
            await Assert.ThrowsAsync<NotOwnerException>(() => writer.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(count, Giver.Get("n"u8));
            Assert.True(Giver.TryWithdraw(offered));
        }
    }

    [Fact]
    public void Offers_that_nobody_accepted_leave_no_trace_in_the_accepted_epoch()
    {
        Assert.Equal(0U, Giver.AcceptedEpoch);
        Assert.True(Giver.TryOffer(Giver.Ownership, out var offered));
        Assert.True(Giver.TryWithdraw(offered));
        Assert.Equal(0U, Giver.AcceptedEpoch);
        Own(Giver);
        Assert.Equal(2U, Giver.AcceptedEpoch);
    }
}
