using EtsPersist.Mmf.Manager.Operating;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>A screen of a terminal that shows an instance and is drawn again and again.</summary>
internal static class LiveScreen
{
    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Draws the instance at every tick until it is cancelled. While no manager answers, the screen says so.</summary>
    public static Task RunAsync(Func<Task<InstanceStatus>> ask, PeriodicTimer timer, CancellationToken cancellationToken) =>
        AnsiConsole.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(async screen =>
        {
            do screen.UpdateTarget(await DrawAsync(ask).ConfigureAwait(false));
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        });

    private static async Task<IRenderable> DrawAsync(Func<Task<InstanceStatus>> ask)
    {
        try
        {
            var status = await ask().ConfigureAwait(false);
            return new Rows(
                new Text(StatusText.Headline(status), new Style(decoration: Decoration.Bold)),
                new Panel(StatusText.Tables(status).Drawing) { Header = new PanelHeader("Tables"), Expand = true },
                new Panel(StatusText.Workers(status.Workers).Drawing) { Header = new PanelHeader("Workers"), Expand = true },
                new Panel(StatusText.HandOffs(status).Drawing) { Header = new PanelHeader("Latest hand-offs"), Expand = true });
        }
        catch (ManagerNotRunningException error)
        {
            return new Text(error.Message, new Style(Color.Red));
        }
    }
}
