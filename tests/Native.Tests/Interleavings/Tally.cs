namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>What has been explored.</summary>
internal sealed class Tally
{
    public long Scenarios { get; set; }

    public long Executions { get; set; }

    public long Steps { get; set; }

    public long Kills { get; set; }

    public long Failures { get; set; }

    public double Seconds { get; set; }

    public void Add(Tally other)
    {
        Scenarios += other.Scenarios;
        Executions += other.Executions;
        Steps += other.Steps;
        Kills += other.Kills;
        Failures += other.Failures;
        Seconds += other.Seconds;
    }

    public override string ToString() => $"{Executions} executions, {Steps} steps, {Kills} kills, {Failures} failures, {Seconds:f1} s";
}
