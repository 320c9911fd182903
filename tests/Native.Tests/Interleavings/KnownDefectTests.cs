namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>An exploration that finds nothing proves something only if it finds mistakes that are made on purpose, within the same budget.</summary>
public sealed class KnownDefectTests(DefectReport report) : IClassFixture<DefectReport>
{
    [Theory]
    [InlineData("a block that comes back under the same reference, and reader")]
    [InlineData("entries: a block that comes back under the same reference, and reader")]
    public void A_version_that_does_not_move_with_an_unlinking_is_found(string scenario) =>
        RequireFinding<VersionNotMoved>(scenario, "no order of the operations");

    [Theory]
    [InlineData("a block that comes back under the same reference, and reader")]
    [InlineData("entries: a block that comes back under the same reference, and reader")]
    public void A_reader_that_does_not_look_again_is_found(string scenario) => RequireFinding<SecondLookSkipped>(scenario, "no order of the operations");

    [Fact]
    public void A_record_that_is_published_before_it_is_filled_is_found() =>
        RequireFinding<PublishedBeforeFilled>("replace a long value and reader", "no order of the operations");

    [Theory]
    [InlineData("batch and reader the other way")]
    [InlineData("entries: batch and reader the other way")]
    public void A_batch_that_is_decided_before_it_is_placed_is_found(string scenario) =>
        RequireFinding<BatchDecidedEarly>(scenario, "no order of the operations");

    [Theory]
    [InlineData("counter and counter")]
    [InlineData("entries: counter and counter")]
    public void A_lock_that_is_not_taken_is_found(string scenario) => RequireFinding<LockNotTaken>(scenario, "no order of the operations");

    [Fact]
    public void A_lock_that_is_given_back_too_early_is_found() => RequireFinding<UnlockedBeforePublished>("insert and insert in one bucket", "the index has 2");

    [Theory]
    [InlineData("split and reader")]
    [InlineData("entries: split and reader")]
    public void A_split_that_commits_before_the_partner_is_filled_is_found(string scenario) => RequireFinding<PartnerFilledLate>(scenario, "leads nowhere");

    [Theory]
    [InlineData("insert and insert in one bucket")]
    [InlineData("entries: insert and insert in one bucket")]
    public void Robbing_the_living_is_found(string scenario) => RequireFinding<TheLivingDeclaredDead>(scenario, "problems: ");

    [Fact]
    public void Two_recoverers_of_one_writer_are_found() =>
        RequireFinding<RecoveredWithoutTheLock>("killed insert and two recoverers at once", "which something else names too");

    [Theory]
    [InlineData("killed insert, writer of the same key and recoverer")]
    [InlineData("entries: killed insert, writer of the same key and recoverer")]
    public void A_lock_that_recovery_keeps_is_found(string scenario) => RequireFinding<LockKeptByRecovery>(scenario, nameof(CorruptTableException));

    /// <summary>The order of stores that fails in <see cref="Models.ReplaceModel"/>.</summary>
    [Theory]
    [InlineData("killed replace, reader and recoverer")]
    [InlineData("ordered: killed replace, reader and recoverer")]
    public void A_commit_that_the_journal_does_not_note_is_found(string scenario) => RequireFinding<CommitNotNoted>(scenario, "");

    /// <summary>What fails in <see cref="Models.SplitModel"/>.</summary>
    [Theory]
    [InlineData("split and reader")]
    [InlineData("entries: split and reader")]
    public void A_bucket_that_does_not_say_that_it_has_split_is_found(string scenario) => RequireFinding<RootAloneDecides>(scenario, "no order of the operations");

    /// <summary>The order of stores that fails in <see cref="Models.BatchModel"/>.</summary>
    [Theory]
    [InlineData("batch and reader")]
    [InlineData("ordered: batch and reader")]
    public void A_batch_word_that_is_used_again_too_early_is_found(string scenario) => RequireFinding<BatchWordReusedFirst>(scenario, "");

    private void RequireFinding<TDefect>(string scenario, string problem) where TDefect : Defect, new()
    {
        using var exploration = new Exploration(AllScenarios.Named(scenario), () => new TDefect());
        var finding = exploration.Run(Budget.Default);
        report.Add(finding is not null);
        Assert.NotNull(finding);
        Assert.Contains(problem, finding.Problem, StringComparison.Ordinal);
    }
}
