using System.Diagnostics;
using EtsPersist.Mmf.Manager.Operating;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>A screen of a terminal that shows an instance and is drawn again and again.</summary>
internal static class LiveScreen
{
    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Draws the instance at every tick until it is cancelled. While no manager answers, or the answer is late, the screen says so.</summary>
    public static Task RunAsync(Func<Task<InstanceStatus>> ask, PeriodicTimer timer, CancellationToken cancellationToken) =>
        AnsiConsole.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(async screen =>
        {
            IRenderable latest = new Text("");
            while (true)
            {
                var asked = Stopwatch.StartNew();
                var drawing = DrawAsync(ask);
                var tick = NextTick();
                while (await Task.WhenAny(drawing, tick).ConfigureAwait(false) == tick && !cancellationToken.IsCancellationRequested)
                {
                    if (asked.Elapsed > timer.Period) screen.UpdateTarget(new Rows(Late(asked.Elapsed), latest));
                    tick = NextTick();
                }
                screen.UpdateTarget(latest = await drawing.ConfigureAwait(false));
                await tick.ConfigureAwait(false);
            }

            Task NextTick() => timer.WaitForNextTickAsync(cancellationToken).AsTask();
        });

    private static Text Late(TimeSpan waited) => new(
        FormattableString.Invariant($"The manager has not answered for {waited.TotalSeconds:0} s. It may be stopped, or wait for a processor. What it said last:"),
        new Style(Color.Red));

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
