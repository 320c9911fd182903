using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>The library's help, and below it the command's details and examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Width = 120;

    private readonly HelpAction _help;
    private readonly Example[] _story;

    public HelpWithExamples(HelpAction help, Example[] story)
    {
        _help = help;
        _story = story;
        _help.MaxWidth = Width; // the same wherever it is printed
    }

    /// <summary>A command line that lacks something may ask for help all the same.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command as ExampleCommand;
        WriteDetails(output, command?.Details ?? "");
        WriteExamples(output, command?.Examples ?? _story);
        output.WriteLine("Exit codes: 0 done, 1 failed, 2 wrong command line or configuration, 3 no such table, row or worker,");
        output.WriteLine("  4 no manager runs, 5 another manager runs, 6 not as it should be, 70 defect.");
        return ExitCode.Success;
    }

    private static void WriteDetails(TextWriter output, string details)
    {
        if (details.Length == 0) return;
        output.WriteLine("Details:");
        foreach (var line in details.Split('\n')) output.WriteLine($"  {line}");
        output.WriteLine();
    }

    private static void WriteExamples(TextWriter output, IReadOnlyList<Example> examples)
    {
        if (examples.Count == 0) return;
        output.WriteLine("Examples:");
        var width = examples.Max(example => example.CommandLine.Length);
        foreach (var example in examples) output.WriteLine($"  {example.CommandLine.PadRight(width)}  {example.What}");
        output.WriteLine();
    }
}
