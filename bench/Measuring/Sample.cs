namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>One timed round of one contender.</summary>
internal readonly record struct Sample(double Nanoseconds, double AllocatedBytes);
