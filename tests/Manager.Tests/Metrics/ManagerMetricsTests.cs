using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.Metrics;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;

namespace EtsPersist.Mmf.Manager.Tests.Metrics;

public sealed class ManagerMetricsTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task A_listener_is_told_tables_rows_bytes_connections_and_hand_offs()
    {
        var measured = new ConcurrentDictionary<string, double>();
        var handedOff = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener();
        // The instances of other tests have meters of the same name.
        var instance = $"m{Guid.NewGuid():N}";
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Tags?.Any(tag => Equals(tag.Value, instance)) == true) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            handedOff.TrySetResult(tags.ToArray().Single(tag => tag.Key == "reason").Value as string));
        listener.Start();

        await using var manager = await RunningManager.StartAsync(instance: instance);
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts", EtsTableOptions.Default).WaitAsync(Patience);
        table.Insert("alice", 1);
        table.Insert("bob", 2);
        Assert.Equal("created", await handedOff.Task.WaitAsync(Patience));
        listener.RecordObservableInstruments();
        Assert.Equal((1, 2, 1), (measured["etspersist.tables"], measured["etspersist.table.rows"], measured["etspersist.connections"]));
        Assert.Equal(table.BytesReserved, measured["etspersist.table.bytes"]);
    }

    [Fact]
    public void Deaths_recoveries_and_quarantines_are_counted()
    {
        var counted = new Dictionary<string, (long Sum, string? Table)>();
        using var listener = new MeterListener();
        var instance = $"m{Guid.NewGuid():N}";
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Tags?.Any(tag => Equals(tag.Value, instance)) == true) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted[instrument.Name] =
            (counted.GetValueOrDefault(instrument.Name).Sum + value, tags.ToArray().SingleOrDefault(tag => tag.Key == "table").Value as string));
        listener.Start();
        var events = new ManagerEvents(NullLogger.Instance, new ManagerMetrics(instance));
        events.Died(new ProcessDeath(new ProcessIdentity(4711, 1), 0, ExitCode: null));
        events.Recovered("accounts", 2, settled: 1, TimeSpan.Zero);
        events.Quarantined("accounts", TimeSpan.FromMinutes(5));
        events.QuarantinedWorker("accounts", 4711, "billing", TimeSpan.FromMinutes(5));
        events.Dispose(); // tells what is still to be told
        Assert.Equal((1, null), counted["etspersist.deaths"]);
        Assert.Equal((1, "accounts"), counted["etspersist.recoveries"]);
        Assert.Equal((2, "accounts"), counted["etspersist.quarantines"]);
    }

    [Fact]
    public async Task A_collector_is_sent_them_by_otlp()
    {
        using var collector = new HttpCollector();
        await using var manager = await RunningManager.StartAsync("""{"tables":[{"id":"accounts"}]}""");
        using var export = MetricsExport.Build(collector.Address);
        // The exporter gives a request up that takes it too long; a loaded machine is no reason to fail.
        using var limit = new CancellationTokenSource(Patience);
        while (!collector.Received.IsCompleted)
        {
            Assert.False(limit.IsCancellationRequested, "Nothing reaches the collector: is a proxy asked for 127.0.0.1?");
            await Task.Run(() => export.ForceFlush()).WaitAsync(Patience);
        }
        var (path, body) = await collector.Received;
        Assert.Equal("/v1/metrics", path);
        Assert.Contains("etspersist.table.rows", body, StringComparison.Ordinal);
        Assert.Contains("accounts", body, StringComparison.Ordinal);
    }
}
