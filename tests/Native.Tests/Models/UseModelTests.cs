namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>Why a file that the disk calls clean is whole.</summary>
public sealed class UseModelTests
{
    private const string Lacking = "a file that lacks stores is clean on the disk";

    [Theory]
    [InlineData("clean")]
    [InlineData("beginning")]
    [InlineData("in use")]
    public void The_design_calls_no_file_clean_that_lacks_anything_and_every_file_that_is_closed_in_order(string first)
    {
        var explored = new UseModel().Explore(first);
        explored.RequireSound();
        Assert.InRange(explored.States, 1_000, 1_000_000);
    }

    [Fact]
    public void Whoever_stores_without_a_share_of_the_lock_does_so_while_another_makes_the_file_clean() =>
        new UseModel(sharesTheLock: false).Explore().RequireViolation(Lacking);

    [Fact]
    public void Whoever_stores_behind_anothers_beginning_does_not_know_that_the_disk_knows_it() =>
        new UseModel(waitsForTheDisk: false).Explore().RequireViolation(Lacking);

    [Fact]
    public void A_file_that_is_clean_before_the_disk_has_it_lacks_what_the_disk_lacks() =>
        new UseModel(flushesBeforeClean: false).Explore().RequireViolation(Lacking);

    [Fact]
    public void Whoever_closes_beside_others_calls_clean_what_they_store() =>
        new UseModel(closesAlone: false).Explore().RequireViolation(Lacking);

    [Fact]
    public void Two_who_close_and_keep_their_shares_until_they_are_alone_leave_the_file_in_use() =>
        new UseModel(givesUpItsShareFirst: false).Explore().RequireViolation("all have closed the file and nobody has made it clean");
}
