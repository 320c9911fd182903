namespace EtsPersist.Mmf.Chaos;

/// <summary>How long the hand-overs took.</summary>
internal sealed class Timings
{
    /// <summary>From the report of an owner's death in a living manager to the successor's first commit.</summary>
    public Percentiles HandOff { get; } = new();

    /// <summary>From just before an owner's kill to the successor's first commit, where a manager lived throughout.</summary>
    public Percentiles KillToFirstWrite { get; } = new();

    /// <summary>From a new manager's readiness to the first commit, where the owner had died without a manager.</summary>
    public Percentiles Recovery { get; } = new();

    /// <summary>From the kill of a manager to the readiness of the next.</summary>
    public Percentiles ManagerFailover { get; } = new();
}
