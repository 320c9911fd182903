using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak.Tests;

public sealed class FindingsTests
{
    private static readonly RowState Right = RowState.WrittenBy(3, 100, 50);

    private readonly Findings _findings = new();

    [Fact]
    public void A_row_as_it_must_be_is_nothing()
    {
        Assert.False(_findings.Compare("k/s/1", Right, Right));
        Assert.False(_findings.Compare("k/s/1", null, null));
        Assert.Equal((0, 0), (_findings.LostRows, _findings.TornRows));
    }

    [Fact]
    public void A_row_that_is_gone_old_or_back_again_is_lost()
    {
        Assert.True(_findings.Compare("k/s/1", Right, null));
        Assert.True(_findings.Compare("k/s/1", Right, RowState.WrittenBy(3, 99, 50)));
        Assert.True(_findings.Compare("k/s/1", Right, RowState.WrittenBy(2, 200, 50)));
        Assert.True(_findings.Compare("k/s/1", null, Right));
        Assert.Equal((4, 0), (_findings.LostRows, _findings.TornRows));
    }

    [Fact]
    public void A_row_that_nobody_wrote_is_torn()
    {
        var torn = RowState.Read("k/s/1"u8, new byte[50]);
        Assert.True(_findings.Compare("k/s/1", Right, torn));
        Assert.True(_findings.Compare("k/s/1", null, torn));
        Assert.True(_findings.Compare("k/s/1", Right, RowState.WrittenBy(3, 101, 50)));
        Assert.Equal((0, 3), (_findings.LostRows, _findings.TornRows));
    }

    [Fact]
    public void A_leak_is_counted_in_bytes_and_any_other_problem_as_an_error()
    {
        _findings.Verified("a", new VerifyReport { LeakedBytes = 64, Problems = ["64 bytes leaked"] });
        _findings.Verified("b", new VerifyReport { Problems = ["a lock is held"] });
        _findings.Verified("c", new VerifyReport { Problems = [] });
        Assert.Equal((64, 1), (_findings.LeakedBytes, _findings.Errors));
    }
}
