using Spectre.Console;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Shows on a terminal how far the work on a portable file has come: a bar for each phase. Elsewhere nothing is shown.</summary>
internal sealed class FileProgress : IProgress<EtsFileProgress>
{
    private readonly ProgressContext _bars;
    private readonly Dictionary<EtsFilePhase, ProgressTask> _phases = [];

    private FileProgress(ProgressContext bars) => _bars = bars;

    /// <summary>Does the work under its bars, which go to standard error.</summary>
    public static Task<T> RunAsync<T>(bool isQuiet, Func<IProgress<EtsFileProgress>?, Task<T>> work)
    {
        if (isQuiet || Console.IsErrorRedirected) return work(null);
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress().StartAsync(bars => work(new FileProgress(bars)));
    }

    public void Report(EtsFileProgress value)
    {
        if (!_phases.TryGetValue(value.Phase, out var bar)) _phases[value.Phase] = bar = _bars.AddTask(value.Phase.ToString());
        bar.MaxValue = Math.Max(value.Rows, value.TotalRows); // a table that grows while it is saved
        bar.Value = value.Rows;
    }
}
