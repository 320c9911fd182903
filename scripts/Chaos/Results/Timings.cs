namespace EtsPersist.Mmf.Chaos;

/// <summary>How long the hand-overs took.</summary>
internal sealed class Timings
{
    /// <summary>
    /// From the report of an owner's death in a living manager to the successor's first write, acknowledged: of the row that says who works now.
    /// </summary>
    public Percentiles HandOff { get; } = new();

    /// <summary>From the same report to the first batch of the successor's work: it has read and counted a piece of text and stored some hundred rows.</summary>
    public Percentiles FirstBatch { get; } = new();

    /// <summary>From just before an owner's kill to the successor's first write, where a manager lived throughout.</summary>
    public Percentiles KillToFirstWrite { get; } = new();

    /// <summary>From a new manager's readiness to the first commit, where the owner had died without a manager.</summary>
    public Percentiles Recovery { get; } = new();

    /// <summary>From the kill of a manager to the readiness of the next.</summary>
    public Percentiles ManagerFailover { get; } = new();
}
