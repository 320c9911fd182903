using System.Text.RegularExpressions;

namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>
/// ETS has a test suite of its own. Each of its cases that asks for the same answers of any implementation is a test here, marked by a trait of
/// that name, or a row of <c>docs/ets.md</c> with the reason why it cannot apply.
/// </summary>
public sealed partial class EtsSuiteTests
{
    private static readonly string[] Cases = Read("cases.txt");

    [Fact]
    public void Each_case_is_a_test_or_has_a_reason_why_not()
    {
        var tests = Traits();
        var reasons = Reasons();
        Assert.Empty(Cases.Except(tests).Except(reasons));
        Assert.Empty(tests.Intersect(reasons));
    }

    [Fact]
    public void Traits_and_reasons_name_cases_that_exist()
    {
        Assert.Empty(Traits().Except(Cases).Except(Read("other-cases.txt")));
        Assert.Empty(Reasons().Except(Cases));
    }

    [GeneratedRegex("""^ *\[Trait\("ets_SUITE", "(\w+)"\)\]\r?$""", RegexOptions.Multiline)]
    private static partial Regex Trait();

    [GeneratedRegex("""^\| `(\w+)` \| \S.+ \|\r?$""", RegexOptions.Multiline)]
    private static partial Regex Reason();

    private static string[] Read(string list) =>
        [.. File.ReadLines(SolutionFolder.File("tests", "Client.Tests", "EtsSuite", list)).Where(line => line.Length > 0 && line[0] != '#')];

    private static HashSet<string> Traits()
    {
        var sources = Directory.EnumerateFiles(SolutionFolder.File("tests"), "*.cs", SearchOption.AllDirectories);
        return [.. sources.SelectMany(source => Trait().Matches(File.ReadAllText(source))).Select(match => match.Groups[1].Value)];
    }

    private static HashSet<string> Reasons()
    {
        var document = File.ReadAllText(SolutionFolder.File("docs", "ets.md"));
        var section = document[document.IndexOf("\n## Cases of ets_SUITE", StringComparison.Ordinal)..];
        return [.. Reason().Matches(section).Select(match => match.Groups[1].Value)];
    }
}
