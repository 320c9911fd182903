namespace EtsPersist.Mmf.Runner;

/// <summary>What the command line asks for.</summary>
internal sealed record RunOptions(string Assembly, IReadOnlyList<string> Only, string? Except, TimeSpan Limit, bool Times)
{
    public const string Usage = """
        run-tests ASSEMBLY [--only PATTERN]... [--except FILE] [--limit SECONDS] [--times]

        Runs the tests of EtsPersist.Mmf.ASSEMBLY.Tests, which lies beside this program, one after the other.

          --only PATTERN   those alone whose full name is like it; * stands for anything; several add up
          --except FILE    without those that the file names, each with its reason: lines of ASSEMBLY PATTERN REASON
          --limit SECONDS  how long one test may take before it is taken for one that hangs, and the run ends; 300 by default
          --times          a line where a test begins, and one for each that has passed, with its seconds

        Exit codes: 0 all passed; 1 a test failed, or hung, or none ran, or a line of FILE names no test; 2 the command line is wrong.
        """;

    /// <exception cref="FormatException">What is wrong with the command line.</exception>
    public static RunOptions Parse(IEnumerable<string> arguments)
    {
        var (assembly, only, except, limit, times) = ((string?)null, new List<string>(), (string?)null, TimeSpan.FromMinutes(5), false);
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--only": only.Add(Next()); break;
                case "--except": except = Next(); break;
                case "--limit": limit = Seconds(Next()); break;
                case "--times": times = true; break;
                case var name when !name.StartsWith('-') && assembly is null: assembly = name; break;
                default: throw new FormatException($"'{argument}' is not understood.");
            }

            string Next() => left.TryDequeue(out var value) ? value : throw new FormatException($"'{argument}' needs a value.");
        }
        return new(assembly ?? throw new FormatException("The name of an assembly is missing."), only, except, limit, times);
    }

    private static TimeSpan Seconds(string text) => int.TryParse(text, out var seconds) && seconds > 0
        ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException($"'{text}' is no number of seconds.");
}
