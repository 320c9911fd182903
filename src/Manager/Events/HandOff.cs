namespace EtsPersist.Mmf.Manager.Events;

/// <summary>A hand-off that is done.</summary>
/// <param name="Table">The table.</param>
/// <param name="Reason">Why it was handed over.</param>
/// <param name="FromProcessId">The owner before, or null where there was none that this manager knew.</param>
/// <param name="ToProcessId">The owner now.</param>
/// <param name="Epoch">The epoch that it accepted under.</param>
/// <param name="Timestamp">When it had accepted, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> tells it.</param>
/// <param name="Took">From the kernel's report of the death, or from the release, or else from the offer, to the acceptance.</param>
internal sealed record HandOff(
    string Table, TransferReason? Reason, int? FromProcessId, int ToProcessId, uint Epoch, long Timestamp, TimeSpan Took);
