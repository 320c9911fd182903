namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>Why a bucket carries its level and version, and why a partner is born locked.</summary>
public sealed class SplitModelTests
{
    [Fact]
    public void The_design_loses_no_row_for_readers_or_writers()
    {
        var explored = new SplitModel().Explore();
        explored.RequireSound();
        Assert.InRange(explored.States, 1_000, 500_000);
    }

    [Fact]
    public void With_the_root_alone_as_truth_readers_and_writers_miss_a_live_row()
    {
        var explored = new SplitModel(hasLevels: false, isBornLocked: false, movesVersion: false).Explore();
        explored.RequireViolation("a writer misses a live row");
        explored.RequireViolation("a reader misses a live row");
    }

    [Fact]
    public void With_a_partner_that_is_born_unlocked_a_write_gets_lost_or_stale_references_stay()
    {
        var explored = new SplitModel(hasLevels: false, isBornLocked: false).Explore();
        Assert.NotEmpty(explored.Violations);
    }

    [Fact]
    public void Without_a_version_that_moves_a_reader_cannot_tell_that_the_row_has_left() =>
        Assert.NotEmpty(new SplitModel(hasLevels: false, movesVersion: false).Explore().Violations);
}
