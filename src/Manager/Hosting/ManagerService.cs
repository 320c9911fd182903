using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Events;
using EtsPersist.Mmf.Manager.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Hosting;

/// <summary>The manager as a service of the host.</summary>
internal sealed class ManagerService(
    ManagerOptions options, ILogger<TableManager> logger, ReadyLine ready, IHostApplicationLifetime lifetime) : IHostedService, IAsyncDisposable
{
    private readonly TableManager _manager = new(options, logger);
    private readonly UnfailingLogger _logger = new(logger);
    private readonly ServiceNotification _notification = new();
    private PosixSignalRegistration? _hangUp;
    private IDisposable? _metricsExport;
    private volatile string _status = "";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The host listens to signals before it starts its services, but hands the start a token of its own.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        // Windows calls the closing of the console so, which is an end.
        if (!OperatingSystem.IsWindows()) _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload);
        if (options.MetricsEndpoint is { } collector) _metricsExport = ExportMetrics(collector);
        var starting = _manager.StartAsync(stopping.Token);
        if (options.IsStandby && !starting.IsCompleted) Tell("Standing by for the manager of instance " + options.Directory.Instance);
        await starting.ConfigureAwait(false);
        Tell("Serving instance " + options.Directory.Instance);
        ready.Write(options.Directory);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _hangUp?.Dispose();
        _notification.Stopping();
        _metricsExport?.Dispose(); // sends a last time, what there is to measure being there still
        await _manager.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _hangUp?.Dispose();
        await _manager.DisposeAsync().ConfigureAwait(false);
        _notification.Dispose();
    }

    /// <summary>Of its own, so that the exporter's assemblies are loaded only where it is called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IDisposable ExportMetrics(Uri collector) => MetricsExport.Start(collector);

    private void Tell(string status)
    {
        _status = status;
        _notification.Ready(status);
    }

    /// <summary>Reads the configuration again. One that is wrong changes nothing.</summary>
    private void Reload(PosixSignalContext signal)
    {
        signal.Cancel = true; // it would end the process
        if (options.ConfigurationPath is not { } path) return;
        _notification.Reloading();
        try
        {
            var configuration = ConfigurationParser.ParseFile(path);
            _manager.ReconfigureAsync(configuration).GetAwaiter().GetResult();
            Log.ConfigurationReloaded(_logger, path, configuration.Tables.Count);
        }
        catch (Exception error) // of whatever sort: a signal's thread has nobody else to tell
        {
            Log.ConfigurationNotReloaded(_logger, path, error.Message);
        }
        _notification.Ready(_status);
    }
}
