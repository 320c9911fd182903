using System.Globalization;
using EtsPersist.Mmf.Manager.Operating;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.CommandLine.Output;

/// <summary>What a manager tells, for people.</summary>
internal static class StatusText
{
    private const int RecentHandOffs = 10;

    public static string Headline(InstanceStatus status) =>
        $"Instance {status.Manager.Instance}: manager {status.Manager.ManagerProcessId}, "
        + $"up {HumanText.Age(TimeSpan.FromMilliseconds(status.Status.UptimeMilliseconds))}; "
        + $"{HumanText.Count(status.Workers.Count, "worker")}, {HumanText.Count(status.Status.Deaths, "death")}";

    public static TextTable Tables(InstanceStatus status)
    {
        var text = new TextTable("TABLE", "STATE", ">OWNER", "OWNER'S ROLE", ">EPOCH", ">WAITING", ">ROWS", ">BYTES", ">PINS", "REMARK");
        foreach (var table in status.Tables)
        {
            text.AddRow(
                table.Table,
                ValueName.Of(table.State),
                ProcessId(table.OwnerProcessId),
                table.OwnerRole ?? "-",
                table.Epoch.ToString(CultureInfo.InvariantCulture),
                table.Waiting.ToString(CultureInfo.InvariantCulture),
                HumanText.Count(table.Rows),
                HumanText.Bytes(table.BytesUsed),
                table.Pins.ToString(CultureInfo.InvariantCulture),
                Remark(table));
        }
        return text;
    }

    public static TextTable Workers(IReadOnlyList<WorkerSummary> workers)
    {
        var text = new TextTable(">ID", ">PID", "ROLE", ">PRIORITY", ">REGISTERED", ">OWNS", ">WAITS FOR", "QUARANTINE");
        foreach (var worker in workers)
        {
            text.AddRow(
                $"#{worker.WorkerId}",
                ProcessId(worker.ProcessId),
                worker.Role,
                worker.Priority.ToString(CultureInfo.InvariantCulture),
                HumanText.Age(TimeSpan.FromMilliseconds(worker.RegisteredMilliseconds)),
                worker.Owned.ToString(CultureInfo.InvariantCulture),
                worker.Waiting.ToString(CultureInfo.InvariantCulture),
                Quarantine(worker));
        }
        return text;
    }

    public static TextTable HandOffs(InstanceStatus status)
    {
        var text = new TextTable(">AGO", "TABLE", "REASON", ">FROM", ">TO", ">TOOK");
        foreach (var handOff in status.Status.HandOffs.Take(RecentHandOffs))
        {
            text.AddRow(
                HumanText.Age(TimeSpan.FromMilliseconds(handOff.AgoMilliseconds)),
                handOff.Table,
                handOff.Reason == 0 ? "?" : ValueName.Of(handOff.Reason),
                ProcessId(handOff.FromProcessId),
                ProcessId(handOff.ToProcessId),
                HumanText.Duration(TimeSpan.FromMicroseconds(handOff.TookMicroseconds)));
        }
        return text;
    }

    /// <summary>All of it, one under the other.</summary>
    public static void Write(TextWriter output, InstanceStatus status)
    {
        output.WriteLine(Headline(status));
        Write(output, "", Tables(status), status.Tables.Count);
        Write(output, "Workers", Workers(status.Workers), status.Workers.Count);
        Write(output, "Latest hand-offs", HandOffs(status), status.Status.HandOffs.Count);
    }

    private static void Write(TextWriter output, string title, TextTable table, int rows)
    {
        if (rows == 0) return;
        output.WriteLine();
        if (title.Length > 0) output.WriteLine(title);
        table.WriteTo(output);
    }

    private static string Remark(TableSummary table) => table switch
    {
        { Problem: { } problem } => $"disabled: {problem}",
        { QuarantineMilliseconds: > 0 } => $"quarantine, {HumanText.Age(TimeSpan.FromMilliseconds(table.QuarantineMilliseconds))} left",
        { QuarantinedWorkers: > 0 } => $"{HumanText.Count(table.QuarantinedWorkers, "worker")} in quarantine",
        { IsLocal: true } => "stays with the manager",
        { Role: { } role } => $"for {role}",
        _ => "",
    };

    private static string Quarantine(WorkerSummary worker) => worker.Quarantines == 0
        ? "-"
        : $"{HumanText.Count(worker.Quarantines, "table")}, {HumanText.Age(TimeSpan.FromMilliseconds(worker.QuarantineMilliseconds))} left";

    private static string ProcessId(int processId) => processId == 0 ? "-" : processId.ToString(CultureInfo.InvariantCulture);
}
