using EtsPersist.Mmf.Bench.Reporting;

namespace EtsPersist.Mmf.Bench.Measuring;

/// <summary>The samples of two contenders, round by round.</summary>
internal sealed class ComparisonRounds
{
    private readonly List<Sample> _ours = [];
    private readonly List<Sample> _theirs = [];

    public void Add(Sample ours, Sample theirs)
    {
        _ours.Add(ours);
        _theirs.Add(theirs);
    }

    public ComparisonResult Result(string name, string rowType, int rows, string against)
    {
        var ratios = _ours.Zip(_theirs, (ours, theirs) => ours.Nanoseconds / theirs.Nanoseconds).ToArray();
        return new ComparisonResult
        {
            Name = name,
            RowType = rowType,
            Rows = rows,
            Against = against,
            Rounds = ratios.Length,
            OursNanoseconds = Statistics.Median(_ours.Select(sample => sample.Nanoseconds)),
            TheirsNanoseconds = Statistics.Median(_theirs.Select(sample => sample.Nanoseconds)),
            Ratio = Statistics.Median(ratios),
            LowestRatio = ratios.Min(),
            HighestRatio = ratios.Max(),
            ProcessorRatio = Statistics.Median(_ours.Zip(_theirs, (ours, theirs) => ours.ProcessorNanoseconds / theirs.ProcessorNanoseconds)),
            OursAllocatedBytes = Statistics.Median(_ours.Select(sample => sample.AllocatedBytes)),
            TheirsAllocatedBytes = Statistics.Median(_theirs.Select(sample => sample.AllocatedBytes)),
        };
    }
}
