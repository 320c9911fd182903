namespace EtsPersist.Mmf.Soak;

/// <summary>What the command line asks for.</summary>
internal sealed record SoakOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        usage: soak.sh [options]
          --minutes N    how long processes are killed (default 1; parts are allowed: 0.5);
                         longer until each role was killed and the owned table handed over
          --seed N       the seed of every random choice (default: by the clock; printed)
          --json FILE    where the result is written as JSON
          --dir PATH     a directory for the run (default: a temporary one in memory, removed)
          --sabotage HOW break a guarantee on purpose: lost, torn, leaked or doubleOwners; the run must fail
        Exit code: 0 nothing lost, torn, leaked or owned twice, no reader waited, no errors; 1 otherwise; 2 wrong arguments.
        """;

    /// <summary>How long processes are killed.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The seed of every random choice.</summary>
    public int Seed { get; init; } = Environment.TickCount & 0xFFFFFF;

    /// <summary>Where the result goes as JSON, or null.</summary>
    public string? Json { get; init; }

    /// <summary>The directory of the run, or null for a temporary one.</summary>
    public string? Directory { get; init; }

    /// <summary>Which guarantee is broken on purpose.</summary>
    public Sabotage Sabotage { get; init; }

    /// <summary>Whether the usage is asked for.</summary>
    public bool Help { get; init; }
}
