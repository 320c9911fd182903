using System.CommandLine;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist rename TABLE NAME</c>: gives a table another name.</summary>
internal static class RenameCommand
{
    private static readonly Argument<string> Table = TableArgument.Create();

    private static readonly Argument<string> NewName = new("NAME") { Description = "The name that it is to have; no table has it." };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "rename",
            "Give a table another name.",
            "Whoever has it open goes on with it.",
            new Example("etspersist rename restored archive", "No process is stopped for it."))
        {
            Table, NewName,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (table, newName) = (parsed.GetValue(Table)!, parsed.GetValue(NewName)!);
        Names.RequireValid("table", newName);
        using var manager = OperatorConnection.Connect(parsed.InstanceDirectory());
        manager.Operate(new OperateTableMessage(table, TableOperation.Rename, NewName: newName));
        DoneOutput.Write(parsed, newName, "renamed");
        return ExitCode.Success;
    }
}
