using System.Diagnostics;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Who owns the table: the only truth about it, changed by compare-and-exchange alone.
/// </summary>
/// <remarks>
/// <code>
/// 63                   32 31               12 11       4 3      0
/// | epoch                | slot incarnation  | slot     | state  |
/// </code>
/// Unowned(e) → Offered(e + 1) → Owned(e + 1, slot) → Unowned or Recovering → Unowned. The slot's incarnation tells the owner from
/// a later process in the same slot.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal readonly struct OwnershipWord(ulong bits)
{
    private const uint IncarnationMask = 0xF_FFFF;

    public readonly ulong Bits = bits;

    public uint Epoch => (uint)(Bits >> 32);

    public uint SlotIncarnation => (uint)(Bits >> 12) & IncarnationMask;

    public int Slot => (int)(byte)(Bits >> 4);

    public OwnershipState State => (OwnershipState)(Bits & 0xF);

    public static OwnershipWord Of(uint epoch, OwnershipState state) => new(((ulong)epoch << 32) | (byte)state);

    public static OwnershipWord OwnedBy(uint epoch, int slot, uint slotIncarnation) =>
        new(((ulong)epoch << 32) | ((ulong)(slotIncarnation & IncarnationMask) << 12) | ((ulong)(uint)slot << 4) | (byte)OwnershipState.Owned);

    public OwnershipWord With(OwnershipState state) => new((Bits & ~0xFUL) | (byte)state);

    /// <summary>Whether the word names this incarnation of its slot.</summary>
    public bool IsHeldBy(SlotWord slot) => slot.IsTaken && SlotIncarnation == (slot.Incarnation & IncarnationMask);

    public override string ToString() => State is OwnershipState.Owned or OwnershipState.Recovering
        ? $"epoch {Epoch} {State} slot {Slot}.{SlotIncarnation}"
        : $"epoch {Epoch} {State}";
}
