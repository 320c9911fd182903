namespace EtsPersist.Mmf.Chaos;

/// <summary>Times in milliseconds, kept one by one.</summary>
internal sealed class Percentiles
{
    private readonly List<double> _samples = [];

    /// <summary>How many there are.</summary>
    public int Count => _samples.Count;

    /// <summary>The median, or null without a sample.</summary>
    public double? P50 => At(0.50);

    /// <summary>The 99th percentile, or null without a sample.</summary>
    public double? P99 => At(0.99);

    /// <summary>The longest, or null without a sample.</summary>
    public double? Max => At(1);

    /// <summary>Takes the time between two moments of the monotonic clock.</summary>
    public void Add(long fromNanoseconds, long toNanoseconds) => _samples.Add((toNanoseconds - fromNanoseconds) / 1e6);

    /// <summary>The smallest sample that at least the given share of the samples does not exceed.</summary>
    private double? At(double share) =>
        Count == 0 ? null : Math.Round(_samples.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * Count) - 1)), 3);
}
