namespace EtsPersist.Mmf.Replay;

/// <summary>What the command line asks for.</summary>
internal sealed record ReplayOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        usage: replay-traces.sh [options] DIR
          DIR            a folder of recordings, *.jsonl.gz (tests/Traces has some, and says what they are)
          --stress       files grow page by page, the table goes to another process every 100 operations,
                         and its owner is killed every 500 and replaced by a process that waits
          --only NAME    only recordings whose name, without its ending, fits NAME; * stands for anything
        Prints the first differences, each with recording, line, expected and got, and last "N operations, N differences".
        Exit code: 0 no differences, 1 differences or a failure, 2 wrong arguments.
        """;

    /// <summary>The folder of the recordings.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Whether the table moves, and its owners are killed.</summary>
    public bool Stress { get; init; }

    /// <summary>Which names of recordings are chosen.</summary>
    public string Only { get; init; } = "*";

    /// <summary>Whether the usage is asked for.</summary>
    public bool Help { get; init; }
}
