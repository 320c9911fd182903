namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>One timed round of one contender, for each operation. The processor's time leaves out what other programs took.</summary>
internal readonly record struct Sample(double Nanoseconds, double ProcessorNanoseconds, double AllocatedBytes);
