using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist show TABLE</c>: its rows.</summary>
internal static class ShowCommand
{
    private const int DefaultLimit = 50;

    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Option<long> Limit = new("--limit")
    {
        Description = "How many rows to show; 0 for all. The rows of a key stay together, so it may be a few more.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultLimit,
    };

    private static readonly Option<string> From = new("--from")
    {
        Description = "The key to begin with, with all of its rows. In a table without order it must be there.",
        HelpName = "KEY",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "show",
            "Show the rows of a table.",
            """
            A row a line: key, tab, value, decoded by the table's own schema; in the order of the keys where the table has one.
            No manager need run, and whoever writes is not disturbed.
            """,
            new Example("etspersist show accounts", "The first rows."),
            new Example("etspersist show accounts --limit 2 --from alice", "Two rows from a key on."),
            new Example("etspersist show accounts --limit 0 --json", "All rows, a JSON object a line."))
        {
            Table, Limit, From,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var limit = parsed.GetValue(Limit);
        if (limit < 0) throw new UsageException("The option --limit is 0 or more.");
        using var table = InspectedTable.Open(parsed.InstanceDirectory(), parsed.GetValue(Table)!);
        if (!table.HasSchema)
        {
            parsed.Error().WriteLine($"etspersist: table '{table.File.Name}' has no rows yet, and no owner has said what they are.");
            return ExitCode.Success;
        }
        var from = parsed.GetValue(From) is { } key ? table.EncodeKey(key) : null;
        var rows = new RowOutput(table, parsed.Output(), parsed.WantsJson());
        var shown = 0L;
        byte[] last = [];
        foreach (var row in table.Rows(from))
        {
            // To go on, all that a person can name is a key.
            if (limit != 0 && shown >= limit && !row.Key.AsSpan().SequenceEqual(last))
            {
                parsed.Error().WriteLine($"etspersist: {shown} of {table.File.Count} rows. Go on with: --from {Quoted(rows.TextOf(row.Key))}");
                return ExitCode.Success;
            }
            rows.Write(row);
            last = row.Key;
            shown++;
        }
        return shown == 0 && from is not null && !table.IsOrdered
            ? throw new RowNotFoundException($"Table '{table.File.Name}' has no row of the key {parsed.GetValue(From)} to begin with.")
            : ExitCode.Success;
    }

    /// <summary>A word for a shell, which lets nothing but the quote itself end it.</summary>
    private static string Quoted(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
