using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class ReconnectDelayTests
{
    [Fact]
    public void Attempts_follow_each_other_fast_at_first_and_then_as_slowly_as_asked()
    {
        var delay = new ReconnectDelay(TimeSpan.FromMilliseconds(10));
        Assert.Equal([2, 4, 8, 10, 10], Enumerable.Range(0, 5).Select(_ => delay.Next().TotalMilliseconds));
        delay.Reset();
        Assert.Equal(2, delay.Next().TotalMilliseconds);
    }

    [Fact]
    public void A_manager_that_stays_away_for_long_overflows_nothing()
    {
        var delay = new ReconnectDelay(TimeSpan.FromHours(1));
        for (var i = 0; i < 1000; i++) delay.Next();
        Assert.Equal(TimeSpan.FromHours(1), delay.Next());
    }
}
