using EtsPersist.Mmf.Manager.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary><c>etspersist run</c>: hosts the manager until a signal ends it.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RunArguments arguments, TextWriter output)
    {
        var options = new ManagerOptions
        {
            Directory = new InstanceDirectory(arguments.Instance, arguments.Directory),
            Configuration = arguments.ConfigurationPath is { } path ? ConfigurationParser.ParseFile(path) : ManagerConfiguration.Empty,
            IsStandby = arguments.IsStandby,
            EventsPath = arguments.EventsPath,
        };
        var host = Build(options, output);
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
        return ExitCode.Success;
    }

    private static IHost Build(ManagerOptions options, TextWriter output)
    {
        // Without the defaults: they watch configuration files, and an idle manager is to cost nothing.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // What a start fails of is told once, by the command line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(output);
        builder.Services.AddHostedService<ManagerService>();
        return builder.Build();
    }
}
