namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>How the last owner left a table, where the next transfer has to tell more than the table's own word can.</summary>
/// <param name="Epoch">The epoch that it owned the table under. Whoever has accepted it under a later one has been told.</param>
/// <param name="Reason">Released, or its death.</param>
/// <param name="From">The owner.</param>
/// <param name="GiftData">What it has left for the next one; null for the table's own.</param>
internal sealed record Departure(uint Epoch, TransferReason Reason, PreviousOwner From, ReadOnlyMemory<byte>? GiftData);
