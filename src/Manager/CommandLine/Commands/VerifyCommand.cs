using System.CommandLine;
using System.Text.Json;
using EtsPersist.Mmf.Manager.CommandLine.Output;
using EtsPersist.Mmf.Manager.CommandLine.Parsing;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.CommandLine.Commands;

/// <summary><c>etspersist verify FILE|TABLE</c>: accounts for every byte of a table file.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Table = TableArgument.CreateForFile();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "verify",
            "Walk a table file and account for every byte.",
            """
            Exit code 6 if anything is wrong. Meant for a table that nobody is writing: work in flight looks like damage.
            No manager need run.
            """,
            new Example("etspersist verify accounts", "The table of an instance."),
            new Example("etspersist verify accounts --json", "The same for programs."))
        {
            Table,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var table = InspectedTable.OpenFileOrTable(parsed.InstanceDirectory(), parsed.GetValue(Table)!);
        var report = VerifyBar.Run(parsed.WantsJson(), $"Verifying {table.File.Name}", progress => table.File.Verify(progress));
        var writers = table.File.Participants().Count(participant => participant.IsAlive);
        if (parsed.WantsJson()) JsonOutput.WriteLine(parsed.Output(), json => WriteJson(json, table.File, report, writers));
        else WriteText(parsed.Output(), table.File, report, writers);
        return report.IsSound ? ExitCode.Success : ExitCode.Unsound;
    }

    private static void WriteJson(Utf8JsonWriter json, TableFile file, VerifyReport report, int writers)
    {
        json.WriteStartObject();
        json.WriteString("table", file.Name);
        json.WriteString("file", file.Path);
        json.WriteBoolean("sound", report.IsSound);
        json.WriteNumber("livingWriters", writers);
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("buckets", report.Buckets);
        json.WriteNumber("overflowBuckets", report.OverflowBuckets);
        json.WriteNumber("nodes", report.Nodes);
        json.WriteNumber("slabBytes", report.SlabBytes);
        json.WriteNumber("reachableBytes", report.ReachableBytes);
        json.WriteNumber("freeBytes", report.FreeBytes);
        json.WriteNumber("overheadBytes", report.OverheadBytes);
        json.WriteNumber("leakedBytes", report.LeakedBytes);
        json.WriteStartArray("problems");
        foreach (var problem in report.Problems) json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(TextWriter output, TableFile file, VerifyReport report, int writers)
    {
        var unsound = HumanText.Count(report.Problems.Count, "problem");
        output.WriteLine($"{file.Name}: {(report.IsSound ? "sound" : unsound)}, {HumanText.Count(report.Rows, "row")}");
        output.WriteLine(report.Nodes == 0
            ? $"  {HumanText.Count(report.Buckets)} buckets and {HumanText.Count(report.OverflowBuckets)} overflow buckets"
            : $"  {HumanText.Count(report.Nodes)} nodes");
        output.WriteLine($"  {report.SlabBytes} bytes of slabs = {report.ReachableBytes} reachable + {report.FreeBytes} free "
            + $"+ {report.OverheadBytes} overhead + {report.LeakedBytes} leaked");
        foreach (var problem in report.Problems) output.WriteLine($"  problem: {problem}");
        if (!report.IsSound && writers > 0)
            output.WriteLine($"  {HumanText.Count(writers, "writer")} may be at work: what is in flight looks like damage. Verify again when nobody writes.");
    }
}
