namespace EtsPersist.Mmf.Native.Tests.Models;

/// <summary>Why a batch has a word, why the word has a number, and why both end last.</summary>
public sealed class BatchModelTests
{
    [Fact]
    public void The_design_shows_all_of_a_batch_or_nothing()
    {
        var explored = new BatchModel().Explore();
        explored.RequireSound();
        Assert.InRange(explored.States, 200, 50_000);
    }

    [Fact]
    public void Without_a_word_that_decides_a_reader_sees_half_of_a_batch() =>
        new BatchModel(hasWord: false).Explore().RequireViolation("a reader sees half of a batch");

    [Fact]
    public void With_old_records_freed_before_the_references_are_settled_a_reader_returns_garbage() =>
        new BatchModel(settlesBeforeFreeing: false).Explore().RequireViolation("a reader returns garbage");

    [Fact]
    public void With_the_word_reused_first_and_its_number_not_compared_a_reader_sees_new_and_then_old() =>
        new BatchModel(checksNumber: false, reusesWordLast: false).Explore().RequireViolation("a reader sees half of a batch");
}
