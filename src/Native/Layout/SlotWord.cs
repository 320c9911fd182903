namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The state of a writer's slot. Only the process that holds the slot's liveness lock changes it, so plain release stores suffice.
/// </summary>
/// <remarks>
/// <code>
/// 63              32 31                  1 0
/// | incarnation     | 0                   | taken |
/// </code>
/// A taken slot whose lock nobody holds belonged to a process that is dead: its journals wait to be settled.
/// </remarks>
internal readonly struct SlotWord(ulong bits)
{
    public readonly ulong Bits = bits;

    public bool IsTaken => (Bits & 1) != 0;

    public uint Incarnation => (uint)(Bits >> 32);

    public SlotWord TakenAgain() => new(((ulong)(Incarnation + 1) << 32) | 1);

    public SlotWord Freed() => new((ulong)Incarnation << 32);
}
