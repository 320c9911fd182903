using EtsPersist.Mmf.Native;
using Spectre.Console;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Shows on a terminal how far the walk through a table file has come. Elsewhere nothing is shown.</summary>
internal sealed class VerifyBar : IProgress<VerifyProgress>
{
    private readonly ProgressTask _bar;

    private VerifyBar(ProgressTask bar) => _bar = bar;

    /// <summary>Does the work under its bar, which goes to standard error.</summary>
    public static VerifyReport Run(bool isQuiet, string what, Func<IProgress<VerifyProgress>?, VerifyReport> work)
    {
        if (isQuiet || Console.IsErrorRedirected) return work(null);
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress().Start(bars => work(new VerifyBar(bars.AddTask(Markup.Escape(what)))));
    }

    public void Report(VerifyProgress value)
    {
        _bar.MaxValue = Math.Max(value.TotalBytes, 1);
        _bar.Value = value.TotalBytes == 0 ? 1 : value.Bytes;
    }
}
