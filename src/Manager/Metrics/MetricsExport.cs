using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace EtsPersist.Mmf.Manager.Metrics;

/// <summary>Sends metrics to an OpenTelemetry collector. Nothing of the exporter is loaded unless this class is used.</summary>
internal static class MetricsExport
{
    private const string Path = "v1/metrics";

    /// <summary>
    /// Begins to send, once a minute or as <c>OTEL_METRIC_EXPORT_INTERVAL</c> says, until disposal, which sends a last time.
    /// </summary>
    /// <param name="collector">The collector's address; OTLP's own path is added to one that has none.</param>
    public static IDisposable Start(Uri collector) => Build(collector);

    /// <summary>The same in its own type, which a test asks to send at once.</summary>
    public static MeterProvider Build(Uri collector)
    {
        var endpoint = collector.AbsolutePath == "/" ? new Uri(collector, Path) : collector;
        var self = $"{Environment.MachineName}:{Environment.ProcessId}";
        return Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("etspersist", serviceInstanceId: self))
            .AddMeter(ManagerMetrics.MeterName)
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = endpoint;
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            })
            .Build();
    }
}
