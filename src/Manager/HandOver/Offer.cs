namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>What an offer says, but for what is the same in all offers of the table.</summary>
/// <param name="Epoch">The epoch of the offer.</param>
/// <param name="Reason">Why the table arrives.</param>
/// <param name="From">The owner before, where known.</param>
/// <param name="GiftData">What travels with this transfer; null for the table's own gift.</param>
/// <param name="ExitStatus">How a dead owner has ended, where known.</param>
internal readonly record struct Offer(uint Epoch, TransferReason Reason, PreviousOwner? From, ReadOnlyMemory<byte>? GiftData = null, int? ExitStatus = null);
