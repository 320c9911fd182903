namespace EtsPersist.Mmf.Prove.Tests;

public sealed class ProofTableTests
{
    private static readonly ProofPart Mutations = ProofPart.All.Single(part => part.Name == "mutations");

    [Fact]
    public void Lines_of_one_part_are_added_up_and_others_are_not()
    {
        var report = PartReport.Read(
            [
                """{"part":"mutations","tier":"all","drops":3,"survivors":{"harmless":2},"longestMs":7,"unexplained":0}""",
                """{"part":"crash","drops":100,"failures":1}""",
                "",
                """{"part":"mutations-entries","drops":4,"survivors":{"harmless":1},"longestMs":5,"failures":0}""",
            ],
            "mutations");
        Assert.Equal(2, report.Lines);
        Assert.Equal([("drops", 7.0), ("survivors harmless", 3.0), ("longestMs", 7.0)], report.Counts);
        Assert.Equal((0, 0), (report.Failures, report.Unexplained));
    }

    [Theory]
    [InlineData("""{"part":"mutations","drops":1,"failures":2,"unexplained":0}""", true, 2, 0)]
    [InlineData("""{"part":"mutations","drops":1,"failures":0,"unexplained":3}""", true, 0, 3)]
    [InlineData("""{"part":"mutations","drops":1}""", false, 1, 0)] // a test failed without a report of it
    [InlineData("""{"part":"crash","drops":1}""", true, 1, 0)] // the part has not reported
    [InlineData("""{"part":"mutations","drops":1}""", true, 0, 0)]
    public void Failures_survivors_and_silence_are_in_the_verdict(string line, bool testsPassed, int failures, int unexplained)
    {
        PartResult[] results = [new(Mutations, PartReport.Read([line], Mutations.Name), testsPassed, TimeSpan.FromSeconds(1))];
        Assert.Equal((failures, unexplained), ProofTable.Verdict(results));
        Assert.EndsWith($"\n{failures} failures, {unexplained} unexplained survivors", ProofTable.Render(results), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"drops":1}""")]
    [InlineData("""{"part":1}""")]
    public void A_line_that_is_no_report_is_refused(string line) =>
        Assert.Throws<InvalidDataException>(() => PartReport.Read([line], Mutations.Name));
}
