namespace EtsPersist.Mmf.Native;

/// <summary>What the ownership word of a table said at one moment.</summary>
/// <param name="Epoch">The ownership count: +1 at every offer and when a giver takes its table back, never reused, 0 before the first.</param>
/// <param name="State">The state of the word.</param>
/// <param name="Slot">The owner's writer slot in <see cref="OwnershipState.Owned"/> and <see cref="OwnershipState.Recovering"/>, else -1.</param>
public readonly record struct Ownership(uint Epoch, OwnershipState State, int Slot);
