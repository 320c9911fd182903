using Spectre.Console;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>Shows on a terminal that something takes its time. Elsewhere nothing is shown: the progress goes to standard error.</summary>
internal static class Waiting
{
    public static T Run<T>(string what, Func<T> work)
    {
        if (Console.IsErrorRedirected) return work();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Status().Spinner(Spinner.Known.Line).Start(Markup.Escape(what), _ => work());
    }
}
