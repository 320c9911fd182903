namespace EtsPersist.Mmf.Prove;

/// <summary>What the command line asks for.</summary>
internal sealed record ProveOptions
{
    /// <summary>How to call the program.</summary>
    public static readonly string Usage = $"""
        usage: prove.sh [--only PART[,PART]...]
          Runs the parts of the proof exhaustively, which takes long, and prints what each has tried.
        {string.Join(Environment.NewLine, ProofPart.All.Select(part => $"  {part.Name,-14} {part.What}{(part.NeedsLinux ? " (Linux)" : "")}"))}
        Exit code: 0 no failure and no unexplained survivor, each part has reported; 1 otherwise; 2 wrong arguments.
        """;

    /// <summary>The parts to run.</summary>
    public IReadOnlyList<ProofPart> Parts { get; init; } = [.. ProofPart.All.Where(part => !part.NeedsLinux || OperatingSystem.IsLinux())];

    /// <summary>Whether the usage is asked for.</summary>
    public bool Help { get; init; }

    /// <summary>Reads the arguments, or throws a <see cref="UsageException"/> that names the one that is wrong.</summary>
    public static ProveOptions Parse(string[] arguments) => arguments switch
    {
        [] => new(),
        ["--help" or "-h"] => new() { Help = true },
        ["--only", var names] => new() { Parts = [.. names.Split(',').Select(Find)] },
        _ => throw new UsageException($"Unknown arguments '{string.Join(' ', arguments)}'."),
    };

    private static ProofPart Find(string name) =>
        ProofPart.All.FirstOrDefault(part => part.Name == name) ?? throw new UsageException($"There is no part '{name}'.");
}
