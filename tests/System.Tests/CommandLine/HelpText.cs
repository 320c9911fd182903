namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary>What <c>--help</c> printed.</summary>
internal sealed class HelpText(string printed)
{
    private const string Gap = "  ";

    /// <summary>The command lines of its examples, as they stand there.</summary>
    public IReadOnlyList<string> Examples => [.. Section("Examples:").Select(line => line.Split(Gap)[0])];

    /// <summary>The names of the commands below it.</summary>
    public IReadOnlyList<string> Commands => [.. Section("Commands:").Select(line => line.Split(' ')[0])];

    /// <summary>The lines under a heading, up to the next empty one; all are indented.</summary>
    private IEnumerable<string> Section(string heading) => printed.Split('\n')
        .SkipWhile(line => line != heading).Skip(1)
        .TakeWhile(line => line.StartsWith(Gap, StringComparison.Ordinal))
        .Select(line => line[Gap.Length..]);
}
