using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>The manager as a service of the host.</summary>
internal sealed class ManagerService : IHostedService, IAsyncDisposable
{
    private readonly ManagerOptions _options;
    private readonly TextWriter _output;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TableManager _manager;

    public ManagerService(ManagerOptions options, ILogger<TableManager> logger, TextWriter output, IHostApplicationLifetime lifetime)
    {
        _options = options;
        _output = output;
        _lifetime = lifetime;
        _manager = new TableManager(options, logger);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The host listens to signals before it starts its services, but hands the start a token of its own.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lifetime.ApplicationStopping);
        await _manager.StartAsync(stopping.Token).ConfigureAwait(false);
        var directory = _options.Directory;
        await _output.WriteLineAsync($"ready instance={directory.Instance} dir={directory.Root} pid={Environment.ProcessId}").ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _manager.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _manager.DisposeAsync();
}
