using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.Native.Tests.Limits;

/// <summary>The disk, or the memory, is full at each growth step in turn: a typed error, every earlier row there, and on it goes once there is space.</summary>
public sealed class GrowthFailureTests(ITestOutputHelper output)
{
    public static TheoryData<string> Forms => ["records", "entries", "ordered"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_reservation_that_fails_once_costs_no_row(string form) => ForEachReservation(form, (table, format, refused) =>
    {
        table.Storage.Refuses = number => number == refused;
        var workload = new GrowthWorkload(table, format);
        workload.Run();
        return workload.Refused;
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_disk_that_is_full_from_any_step_on_is_a_typed_error_until_there_is_space(string form) => ForEachReservation(form, (table, format, refused) =>
    {
        table.Storage.Refuses = number => number >= refused;
        var workload = new GrowthWorkload(table, format) { MakeSpace = () => table.Storage.Refuses = _ => false };
        workload.Run();
        Assert.InRange(workload.Refused, 0, 1); // without space for the index its chains grow longer
        return workload.Refused;
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_disk_that_stays_full_stops_only_what_needs_space(string form) => ForEachReservation(form, (table, format, refused) =>
    {
        table.Storage.Refuses = number => number >= refused;
        var workload = new GrowthWorkload(table, format) { StaysFull = true, MakeSpace = () => table.Storage.Refuses = number => number > refused + 1 };
        workload.Run();
        table.Storage.Refuses = _ => false;
        table.Insert("goes on.", "12345678");
        table.Delete("goes on.");
        workload.Check();
        return workload.Refused;
    });

    private void ForEachReservation(string form, Func<CrashTable, RowFormat, int, int> run)
    {
        var format = form switch
        {
            "entries" => RowFormat.Entries(sizeof(long), sizeof(long)),
            "ordered" => RowFormat.Ordered,
            _ => RowFormat.Records,
        };
        using var table = new CrashTable(format);
        table.Storage.Save();
        var refused = 0;
        for (var step = 0; ; step++)
        {
            table.Storage.Restore();
            table.Storage.Reservations = 0;
            table.ReplaceProcess();
            refused += run(table, format, step);
            if (table.Storage.Reservations > step)
                continue;
            output.WriteLine($"{step} steps of growth, {refused} operations refused");
            Assert.True(step > 10 && refused > 0, $"only {step} steps of growth, of which {refused} refused an operation");
            return;
        }
    }
}
