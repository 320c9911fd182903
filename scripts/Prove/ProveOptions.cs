namespace EtsPersist.Mmf.Prove;

/// <summary>What the command line asks for.</summary>
internal sealed record ProveOptions
{
    /// <summary>How to call the program.</summary>
    public static readonly string Usage = $"""
        usage: prove.sh [--quick] [--only PART[,PART]...] [--json FILE] [--report PATH]
          Runs the parts of the proof, exhaustively, and prints what each has tried.
          --quick         as deep as tests go by default: a few minutes
          --only PART     these parts alone
          --json FILE     writes the counts to a file as well
          --report PATH   runs nothing, but adds up what tests have reported: they append to the file, or to files in the folder, named by ETSPERSIST_REPORT
        {string.Join(Environment.NewLine, ProofPart.All.Select(part => $"  {part.Name,-14} {part.What}{(part.NeedsLinux ? " (Linux)" : "")}"))}
        Exit code: 0 no failure and no unexplained survivor, each part has reported; 1 otherwise; 2 wrong arguments.
        """;

    /// <summary>The parts to run.</summary>
    public IReadOnlyList<ProofPart> Parts { get; init; } = [.. ProofPart.All.Where(part => !part.NeedsLinux || OperatingSystem.IsLinux())];

    /// <summary>Whether tests go no deeper than by default.</summary>
    public bool Quick { get; init; }

    /// <summary>Where the counts are written to as well; null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>What tests have reported that have been run already; null if they are to be run.</summary>
    public string? Report { get; init; }

    /// <summary>Whether the usage is asked for.</summary>
    public bool Help { get; init; }

    /// <summary>Reads the arguments, or throws a <see cref="UsageException"/> that names the one that is wrong.</summary>
    public static ProveOptions Parse(string[] arguments)
    {
        var options = new ProveOptions();
        for (var rest = arguments.AsSpan(); rest.Length > 0;)
        {
            (options, var taken) = rest[0] switch
            {
                "--help" or "-h" => (options with { Help = true }, 1),
                "--quick" => (options with { Quick = true }, 1),
                "--only" => (options with { Parts = [.. ValueOf(rest).Split(',').Select(Find)] }, 2),
                "--json" => (options with { Json = ValueOf(rest) }, 2),
                "--report" => (options with { Report = ValueOf(rest) }, 2),
                _ => throw new UsageException($"Unknown argument '{rest[0]}'."),
            };
            rest = rest[taken..];
        }
        return options;
    }

    private static string ValueOf(ReadOnlySpan<string> rest) =>
        rest.Length > 1 ? rest[1] : throw new UsageException($"{rest[0]} needs a value.");

    private static ProofPart Find(string name) =>
        ProofPart.All.FirstOrDefault(part => part.Name == name) ?? throw new UsageException($"There is no part '{name}'.");
}
