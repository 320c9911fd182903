namespace EtsPersist.Mmf.Chaos;

/// <summary>The result of a run.</summary>
internal sealed record ChaosResult
{
    /// <summary>Processes killed.</summary>
    public required int Kills { get; init; }

    /// <summary>Kills that the run was asked for.</summary>
    public required int KillsAsked { get; init; }

    /// <summary>Kills between the beginning of a batch and its acknowledgement.</summary>
    public required int KillsInBatch { get; init; }

    /// <summary>Times the table went from one owner to the next.</summary>
    public required int HandOffs { get; init; }

    /// <summary>Times the text was read.</summary>
    public required long Passes { get; init; }

    /// <summary>The sum of all counts.</summary>
    public required long Words { get; init; }

    /// <summary>Rows that are not as the text demands.</summary>
    public required long Differences { get; init; }

    /// <summary>Acknowledged but absent.</summary>
    public required long Lost { get; init; }

    /// <summary>Counts and position disagree.</summary>
    public required long Torn { get; init; }

    /// <summary>A lower epoch committed after a higher.</summary>
    public required long DoubleOwners { get; init; }

    /// <summary>Reads that failed.</summary>
    public required long ReadErrors { get; init; }

    /// <summary>Workers and managers that failed.</summary>
    public required long WriteErrors { get; init; }

    /// <summary>Problems that the check of the table's file found.</summary>
    public required long FileProblems { get; init; }

    /// <summary>How long the hand-overs took.</summary>
    public required Timings Timings { get; init; }

    /// <summary>What the user has to know beyond the numbers.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>Whether everything held.</summary>
    public bool Passed =>
        Kills >= KillsAsked && Differences + Lost + Torn + DoubleOwners + ReadErrors + WriteErrors + FileProblems == 0;
}
