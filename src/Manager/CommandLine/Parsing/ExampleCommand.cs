using System.CommandLine;

namespace EtsPersist.Mmf.Manager.CommandLine.Parsing;

/// <summary>A command whose help has a line for lists of commands, what there is to know beyond it, and examples.</summary>
internal sealed class ExampleCommand(string name, string summary, string details, params Example[] examples) : Command(name, summary)
{
    public string Details { get; } = details;

    public IReadOnlyList<Example> Examples { get; } = examples;
}
