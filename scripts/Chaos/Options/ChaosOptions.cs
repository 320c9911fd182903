namespace EtsPersist.Mmf.Chaos;

/// <summary>What the command line asks for.</summary>
internal sealed record ChaosOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        usage: chaos.sh [options]
          --kills N      processes to kill by SIGKILL (default 20)
          --workers N    WordCount workers that always run (default 3)
          --standbys N   standby managers that always run (default 0)
          --target WHO   owner (default): the worker that owns the table; random: any worker;
                         manager: the manager; all: every kind of process, also two at once
          --rows N       rows of filler in the table before the work begins (default 0)
          --seed N       the seed of every random choice (default: by the clock; printed)
          --input FILE   the text (default: the licence texts of the system, else the project's documents)
          --json FILE    where the result is written as JSON
          --dir PATH     a directory for the run, kept at the end (default: a temporary one, removed)
          --sabotage HOW break a guarantee on purpose: lost, torn or doubleOwners; the run must fail
        Exit code: 0 nothing lost, torn, different or owned twice, no errors, all kills made; 1 otherwise; 2 wrong arguments.
        """;

    /// <summary>How many processes are killed.</summary>
    public int Kills { get; init; } = 20;

    /// <summary>How many workers run.</summary>
    public int Workers { get; init; } = 3;

    /// <summary>How many standby managers run beside the manager.</summary>
    public int Standbys { get; init; }

    /// <summary>Who is killed.</summary>
    public KillTarget Target { get; init; }

    /// <summary>How many filler rows are loaded first.</summary>
    public long Rows { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public int Seed { get; init; } = Environment.TickCount & 0xFFFFFF;

    /// <summary>Where the result goes as JSON, or null.</summary>
    public string? Json { get; init; }

    /// <summary>The text, or null for the default one.</summary>
    public string? Input { get; init; }

    /// <summary>The directory of the run, or null for a temporary one.</summary>
    public string? Directory { get; init; }

    /// <summary>Which guarantee is broken on purpose.</summary>
    public SabotageKind Sabotage { get; init; }

    /// <summary>Whether the usage is asked for.</summary>
    public bool Help { get; init; }
}
