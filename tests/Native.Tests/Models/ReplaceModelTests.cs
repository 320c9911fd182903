namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>The journal's phases, and what each of them is for.</summary>
public sealed class ReplaceModelTests
{
    [Fact]
    public void The_design_never_frees_a_live_block_and_leaks_none()
    {
        var explored = new ReplaceModel().Explore();
        explored.RequireSound();
        Assert.InRange(explored.States, 500, 100_000);
    }

    [Fact]
    public void Without_any_of_its_rules_a_kill_frees_what_is_alive()
    {
        var explored = new ReplaceModel(hasCommittedPhase: false, readsOldUnderLock: false, freesToOwnList: false).Explore();
        explored.RequireViolation("a block is free twice");
        explored.RequireViolation("another key's live block is free");
    }

    [Fact]
    public void Without_the_committed_phase_a_kill_behind_the_unlock_is_taken_for_one_before_the_store() =>
        new ReplaceModel(hasCommittedPhase: false).Explore().RequireViolation("another key's live block is free");

    [Fact]
    public void With_the_old_block_named_before_the_lock_the_wrong_block_is_freed() =>
        new ReplaceModel(readsOldUnderLock: false).Explore().RequireViolation("a block is free twice");

    [Fact]
    public void With_blocks_freed_for_all_a_second_recovery_frees_what_another_key_has_taken() =>
        new ReplaceModel(freesToOwnList: false).Explore().RequireViolation("another key's live block is free");
}
