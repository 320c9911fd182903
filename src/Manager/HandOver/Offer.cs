namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>What an offer says, but for what is the same in all offers of the table.</summary>
internal readonly record struct Offer(uint Epoch, TransferReason Reason, PreviousOwner? From);
