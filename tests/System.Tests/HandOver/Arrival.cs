using System.Globalization;

namespace EtsPersist.Mmf.System.Tests.HandOver;

/// <summary>How a table came to a worker, and what the worker found in it.</summary>
/// <param name="Epoch">The transfer's epoch.</param>
/// <param name="Reason">The transfer's reason.</param>
/// <param name="From">The process id of the owner before, or 0.</param>
/// <param name="Highest">The number of the row written last.</param>
/// <param name="NewerRows">How many rows had a value in the member that version 1 does not have.</param>
internal sealed record Arrival(uint Epoch, TransferReason Reason, int From, long Highest, int NewerRows)
{
    public static Arrival Parse(string line) => line.Split(' ') is [var epoch, var reason, var from, var highest, var newer]
        ? new Arrival(
            uint.Parse(epoch, CultureInfo.InvariantCulture),
            Enum.Parse<TransferReason>(reason),
            int.Parse(from, CultureInfo.InvariantCulture),
            long.Parse(highest, CultureInfo.InvariantCulture),
            int.Parse(newer, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{line}' is no arrival.");
}
