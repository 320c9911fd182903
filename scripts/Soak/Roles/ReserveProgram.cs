using System.Globalization;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>
/// A process of the reserve: started and compiled before it is needed, then told by a line what it is. It opens the table after that, so that
/// kills meet it while it attaches.
/// </summary>
internal static class ReserveProgram
{
    /// <summary>The command by which the driver starts it.</summary>
    public const string Command = "reserve";

    private const int WarmUpOperations = 40;
    private static readonly (string Domain, TableKind Kind)[] Grounds =
        [("#warm-up", TableKind.Set), ("warm-up", TableKind.Set), ("warm-up", TableKind.OrderedSet)];

    private static readonly IRole[] Roles = [new WriterRole(), new ReaderRole(), new RecovererRole()];

    /// <summary>Runs until it is killed, or the driver is gone.</summary>
    public static void Run(string countersPath, string folder)
    {
        using var counters = SharedCounters.Open(countersPath);
        foreach (var (domain, kind) in Grounds)
            ScratchTable.Use(Path.Combine(folder, "reserve"), domain, scratch => WarmUp(scratch, domain), kind);
        Console.WriteLine("ready");
        if (Console.In.ReadLine()?.Split('\t') is not [var name, var crew, .. var order]) return;

        using var shifts = new Shifts(counters, int.Parse(crew, CultureInfo.InvariantCulture));
        shifts.ObeyTheDriver();
        Roles.Single(role => role.Name == name).Run(order, counters, shifts);
    }

    private static void WarmUp(TableFile scratch, string domain)
    {
        var check = new ReadCheck(scratch, new RowKeys(domain, 4));
        var random = new Randomness(1);
        foreach (var mode in Enum.GetValues<WorkloadMode>())
        {
            var stream = new OperationStream(mode, domain, 1, 1, 16);
            for (var operation = 0; operation < WarmUpOperations; operation++)
            {
                stream.Next().Apply(scratch);
                check.ReadOne(random);
            }
        }
        check.ReadAll();
        scratch.RecoverDead();
    }
}
