using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Manager.Loading;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist save TABLE FILE</c>: a table's rows as a portable file.</summary>
internal static class SaveCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Argument<string> File = new("FILE") { Description = "The portable file." };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Refuse to replace a file that is there." };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "save",
            "Save the rows of a table to a portable file.",
            """
            The file takes its place at one instant when it is whole and on the disk. The table may be written meanwhile: each
            row that is there throughout is saved exactly once. No manager need run. docs/portable-file.md describes the file.
            """,
            new Example("etspersist save accounts accounts.etsfile", "Save a table."))
        {
            Table, File, Keep,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(File)!;
        var options = new EtsSaveOptions { ReplaceExisting = !parsed.GetValue(Keep) };
        using var table = InspectedTable.Open(parsed.InstanceDirectory(), parsed.GetValue(Table)!);
        var saved = await FileProgress.RunAsync(
            parsed.WantsJson(), progress => UntypedCopy.SaveAsync(table, path, options, progress, cancellationToken)).ConfigureAwait(false);
        CopyOutput.Write(parsed, "saved", table.File.Name, path, saved);
        return ExitCode.Success;
    }
}
