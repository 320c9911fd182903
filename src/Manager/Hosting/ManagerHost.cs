using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EtsPersist.Mmf.Manager.Hosting;

/// <summary>Hosts a manager in this process: logging, signals, the order of start and end.</summary>
internal static class ManagerHost
{
    /// <summary>Serves until a signal ends it.</summary>
    /// <param name="options">The manager's options.</param>
    /// <param name="output">Where to say that it serves.</param>
    /// <param name="asJson">Whether to say so, and to log, in JSON.</param>
    public static async Task RunAsync(ManagerOptions options, TextWriter output, bool asJson)
    {
        var host = Build(options, new ReadyLine(output, asJson));
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            // Disposes the host, too.
            await host.RunAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Ended by a signal while it was standing by.
        }
    }

    private static IHost Build(ManagerOptions options, ReadyLine ready)
    {
        // Without the defaults: they watch configuration files, and an idle manager is to cost nothing.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (ready.IsJson) builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else builder.Logging.AddSimpleConsole(FormatLine);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // What a start fails of is told once, by the command line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(LogToStandardError);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(ready);
        builder.Services.AddHostedService<ManagerService>();
        return builder.Build();
    }

    private static void LogToStandardError(ConsoleLoggerOptions console)
    {
        console.LogToStandardErrorThreshold = LogLevel.Trace;
        console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite; // a terminal that is held, or a collector that is stuck, must hold up nobody
    }

    private static void FormatLine(SimpleConsoleFormatterOptions console)
    {
        console.SingleLine = true;
        console.TimestampFormat = "HH:mm:ss.fff ";
        console.UseUtcTimestamp = true;
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    }
}
