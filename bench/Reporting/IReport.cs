namespace EtsPersist.Mmf.Bench.Reporting;

/// <summary>Takes results as they come.</summary>
internal interface IReport
{
    void Add(ComparisonResult result);

    void Add(GrowthResult result);

    void Add(RecoveryResult result);
}
