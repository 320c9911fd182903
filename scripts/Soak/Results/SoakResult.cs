namespace EtsPersist.Mmf.Soak;

/// <summary>The result of a run.</summary>
internal sealed record SoakResult
{
    private const int ManyKills = 5000;

    /// <summary>How long processes were killed, in minutes.</summary>
    public required double Minutes { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Processes killed.</summary>
    public required KillCounts Kills { get; init; }

    /// <summary>Kills that found their operation done and not acknowledged.</summary>
    public required long DoneNotAcknowledged { get; init; }

    /// <summary>Dead writers that recoverers settled; other writers settled the rest.</summary>
    public required long Settled { get; init; }

    /// <summary>How often all public tables were made anew and judged.</summary>
    public required int Rounds { get; init; }

    /// <summary>How often the table went from one owner to the next.</summary>
    public required int HandOffs { get; init; }

    /// <summary>Operations acknowledged on all tables.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Reads by readers.</summary>
    public required long Reads { get; init; }

    /// <summary>Acknowledged and not there.</summary>
    public required long Lost { get; init; }

    /// <summary>There, and not as a whole.</summary>
    public required long Torn { get; init; }

    /// <summary>Bytes of the files that nothing names.</summary>
    public required long LeakedBytes { get; init; }

    /// <summary>Operations of an owner after a later one had the table.</summary>
    public required long DoubleOwners { get; init; }

    /// <summary>Reads that waited for a holder.</summary>
    public required long ReaderWaits { get; init; }

    /// <summary>Reads that found a row torn, gone, older than before, or twice.</summary>
    public required long ReadErrors { get; init; }

    /// <summary>Everything else that went wrong.</summary>
    public required long Errors { get; init; }

    /// <summary>The longest wait of a writer for a holder that it found dead, in milliseconds.</summary>
    public required double LongestWaitForDeadMs { get; init; }

    /// <summary>The longest operation of a surviving writer that a kill fell into, in milliseconds.</summary>
    public required double LongestWriterWaitMs { get; init; }

    /// <summary>The longest operation that no kill fell into, in milliseconds: what the machine alone does.</summary>
    public required double LongestQuietOperationMs { get; init; }

    /// <summary>What the user has to know beyond the numbers.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>What must be zero.</summary>
    public IReadOnlyList<(string Name, long Count)> MustBeZero =>
    [
        ("lost", Lost),
        ("torn", Torn),
        ("leakedBytes", LeakedBytes),
        ("doubleOwners", DoubleOwners),
        ("readerWaits", ReaderWaits),
        ("readErrors", ReadErrors),
        ("errors", Errors),
    ];

    /// <summary>
    /// Whether something happened at all: every role was killed, in a long run at every moment, the owned table was handed over, operations and
    /// reads were made.
    /// </summary>
    public bool IsMeaningful => HandOffs > 0 && Acknowledged > 0 && Reads > 0
        && Kills.ByRole.All(role => role.Count > 0) && (Kills.All < ManyKills || Kills.ByMoment.All(moment => moment.Count > 0));

    /// <summary>Whether everything held.</summary>
    public bool Passed => IsMeaningful && MustBeZero.All(counter => counter.Count == 0);
}
