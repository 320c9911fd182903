using System.CommandLine;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist status</c>: tables, owners, workers and hand-offs, once or again and again.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly Option<bool> Watch = new("--watch")
    {
        Description = "Show it again every second, on a terminal as a live screen, until Ctrl-C.",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "status",
            "Show tables, owners, workers and the latest hand-offs.",
            """
            TOOK is from the kernel's report of the owner's death, or from its release, to the acceptance by the next owner; for a
            first owner from the offer.
            """,
            new Example("etspersist status", "As it is now."),
            new Example("etspersist status --watch", "A live screen."),
            new Example("etspersist status --json", "The same for programs."))
        {
            Watch,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Watch)) return await WatchAsync(parsed).ConfigureAwait(false);
        Write(parsed, InstanceStatus.Ask(parsed.InstanceDirectory()));
        return ExitCode.Success;
    }

    private static async Task<int> WatchAsync(ParseResult parsed)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var timer = new PeriodicTimer(Interval);
        var directory = parsed.InstanceDirectory();
        try
        {
            if (LiveScreen.IsTerminal(parsed.Output()) && !parsed.WantsJson())
            {
                await LiveScreen.RunAsync(() => InstanceStatus.AskAsync(directory, stopping.Token), timer, stopping.Token).ConfigureAwait(false);
                return ExitCode.Success;
            }
            do Write(parsed, await InstanceStatus.AskAsync(directory, stopping.Token).ConfigureAwait(false));
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
        return ExitCode.Success;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // so that the screen is left as it was
            stopping.Cancel();
        }
    }

    private static void Write(ParseResult parsed, InstanceStatus status)
    {
        if (parsed.WantsJson()) JsonOutput.WriteLine(parsed.Output(), json => StatusJson.Write(json, status));
        else StatusText.Write(parsed.Output(), status);
        parsed.Output().Flush();
    }
}
