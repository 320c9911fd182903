using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist get TABLE KEY</c>: one row.</summary>
internal static class GetCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Argument<string> Key = new("KEY")
    {
        Description = "The key: text, numbers, dates and the like as they are; tuples as JSON arrays, records and structs as JSON objects.",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "get",
            "Show the row of a key, or the rows of a bag's.",
            "They are decoded by the table's own schema. No manager need run.",
            new Example("etspersist get accounts alice", "The row as it is now."),
            new Example("etspersist get accounts alice --json", "The same for programs."))
        {
            Table, Key,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var table = InspectedTable.Open(parsed.InstanceDirectory(), parsed.GetValue(Table)!);
        var key = table.EncodeKey(parsed.GetValue(Key)!);
        var rows = table.Lookup(key);
        if (rows.Count == 0) throw new RowNotFoundException($"Table '{table.File.Name}' has no row of the key {parsed.GetValue(Key)}.");
        var output = new RowOutput(table, parsed.Output(), parsed.WantsJson());
        foreach (var row in rows) output.Write(row);
        return ExitCode.Success;
    }
}
