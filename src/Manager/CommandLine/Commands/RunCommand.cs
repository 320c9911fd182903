using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Hosting;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist run</c>: hosts the manager until a signal ends it.</summary>
internal static class RunCommand
{
    private static readonly Option<string> Configuration = new("--config")
    {
        Description = "A JSON file of tables to create; docs/operations.md describes it.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Standby = new("--standby")
    {
        Description = "If a manager runs for the instance, wait and take over when it ends or dies.",
    };

    private static readonly Option<string> Events = new("--events")
    {
        Description = "Append what happens to FILE, one JSON object a line. If it cannot be written, the log says so.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Metrics = new("--otlp")
    {
        Description = "Send metrics to an OpenTelemetry collector, by OTLP over HTTP.",
        HelpName = "URL",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "run",
            "Run the manager of an instance.",
            """
            It creates tables, hands them to workers, and to the next worker when one dies. One line on standard output says
            that it serves; the log goes to standard error. SIGTERM and Ctrl-C end it; tables and their owners go on without it.
            SIGHUP has it read its configuration again.
            """,
            new Example("etspersist run", "Serve the default instance."),
            new Example("etspersist run --instance shop --config shop.json", "Serve another one, with its tables."),
            new Example("etspersist run --instance shop --standby", "Take over when that one is gone."))
        {
            Configuration, Standby, Events, Metrics,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = parsed.GetValue(Configuration);
        var options = new ManagerOptions
        {
            Directory = parsed.InstanceDirectory(),
            Configuration = configuration is null ? ManagerConfiguration.Empty : ConfigurationParser.ParseFile(configuration),
            ConfigurationPath = configuration,
            MetricsEndpoint = parsed.GetValue(Metrics) is { } endpoint ? ParseEndpoint(endpoint) : null,
            IsStandby = parsed.GetValue(Standby),
            EventsPath = parsed.GetValue(Events),
        };
        await ManagerHost.RunAsync(options, parsed.Output(), parsed.WantsJson()).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static Uri ParseEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is ("http" or "https")
            ? endpoint
            : throw new UsageException($"The option --otlp needs the URL of a collector, such as http://localhost:4318, not '{text}'.");
}
