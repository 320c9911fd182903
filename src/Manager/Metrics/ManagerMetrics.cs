using System.Diagnostics.Metrics;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.Tables;

namespace EtsPersist.Mmf.Manager.Metrics;

/// <summary>
/// What a manager counts, for .NET's metrics: <c>dotnet-counters</c>, a listener, or an exporter. The names are documented in
/// <c>docs/operations.md</c> and never change.
/// </summary>
/// <remarks>Threads: any. Blocking: none. What is not listened to costs nothing.</remarks>
internal sealed class ManagerMetrics : IDisposable
{
    public const string MeterName = "EtsPersist.Mmf.Manager";

    private static readonly double[] HandOffBoundaries = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    private readonly Meter _meter;
    private readonly Counter<long> _deaths;
    private readonly Counter<long> _recoveries;
    private readonly Counter<long> _quarantines;
    private readonly Histogram<double> _handOffs;

    public ManagerMetrics(string instance)
    {
        _meter = new Meter(MeterName, typeof(ManagerMetrics).Assembly.GetName().Version?.ToString(3), [new("instance", instance)]);
        _deaths = _meter.CreateCounter<long>("etspersist.deaths", "{process}", "Processes whose death the kernel has reported.");
        _recoveries = _meter.CreateCounter<long>("etspersist.recoveries", "{table}", "Tables recovered after the death of their owner.");
        _quarantines = _meter.CreateCounter<long>("etspersist.quarantines", "{table}", "Tables or workers that were put into quarantine.");
        _handOffs = _meter.CreateHistogram(
            "etspersist.handoff.duration",
            "s",
            "From the report of a death, or a release, to the acceptance.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = HandOffBoundaries });
    }

    /// <summary>Measures tables and connections whenever somebody asks for them.</summary>
    public void Observe(TableDirectory tables, Func<int> connections)
    {
        _meter.CreateObservableGauge("etspersist.tables", () => tables.Measure().Count, "{table}", "Tables that are served.");
        _meter.CreateObservableGauge("etspersist.table.rows", () => Each(tables, table => table.Rows), "{row}", "Rows of a table.");
        _meter.CreateObservableGauge("etspersist.table.bytes", () => Each(tables, table => table.Bytes), "By", "Bytes reserved.");
        _meter.CreateObservableGauge("etspersist.connections", connections, "{connection}", "Connections of workers and commands.");
    }

    /// <summary>Counts an event.</summary>
    public void Count(in ManagerEvent happened)
    {
        switch (happened.Name)
        {
            case "died":
                _deaths.Add(1);
                break;
            case "recovered":
                _recoveries.Add(1, new KeyValuePair<string, object?>("table", happened.Table));
                break;
            case "quarantined":
                _quarantines.Add(1, new KeyValuePair<string, object?>("table", happened.Table));
                break;
        }
    }

    /// <summary>Counts a hand-off that is done.</summary>
    public void Count(HandOff handOff)
    {
        var reason = handOff.Reason is { } known ? ValueName.Of(known) : null;
        _handOffs.Record(handOff.Took.TotalSeconds, new("table", handOff.Table), new("reason", reason));
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(TableDirectory tables, Func<TableSize, long> what) =>
        tables.Measure().Select(table => new Measurement<long>(what(table), new KeyValuePair<string, object?>("table", table.Name)));
}
