namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>Several reports of the same results.</summary>
internal sealed class Reports(params IReport[] reports) : IReport
{
    public void Add(ComparisonResult result)
    {
        foreach (var report in reports)
            report.Add(result);
    }

    public void Add(GrowthResult result)
    {
        foreach (var report in reports)
            report.Add(result);
    }

    public void Add(RecoveryResult result)
    {
        foreach (var report in reports)
            report.Add(result);
    }
}
