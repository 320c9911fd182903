namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>Why a dead writer's slot is taken over under the kernel's lock and nothing else.</summary>
public sealed class TakeOverModelTests
{
    [Fact]
    public void The_design_settles_each_dead_writer_once_and_no_living_one()
    {
        var explored = new TakeOverModel().Explore();
        explored.RequireSound();
        Assert.InRange(explored.States, 200, 100_000);
    }

    [Fact]
    public void Whoever_acts_on_what_it_tested_without_holding_the_lock_settles_the_living()
    {
        var explored = new TakeOverModel(settlesUnderTheLock: false).Explore();
        explored.RequireViolation("two settle one journal at once");
        explored.RequireViolation("the journal of a living writer is settled");
    }

    [Fact]
    public void A_slot_that_is_freed_before_its_journals_are_settled_leaves_them_when_the_recoverer_dies() =>
        new TakeOverModel(freesAfterSettling: false).Explore().RequireViolation("a free slot has a journal that nobody will settle");

    [Fact]
    public void A_newcomer_that_does_not_look_again_under_the_lock_takes_a_slot_with_a_dead_writers_journal() =>
        new TakeOverModel(newcomerLooksAgain: false).Explore().RequireViolation("a slot is taken before its journal is settled");

    [Fact]
    public void A_writer_without_the_lock_is_taken_for_dead() =>
        new TakeOverModel(writerHoldsTheLock: false).Explore().RequireViolation("the journal of a living writer is settled");
}
