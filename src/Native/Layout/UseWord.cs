using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Whether the file on the disk is the table: it is while nobody has it open for writing, if the last one who had wrote everything to the disk. In use, its
/// pages reach the disk in any order, so what another boot has left in use is not to be trusted. <see cref="TableFile"/> has the protocol.
/// </summary>
/// <remarks>
/// <code>
/// 63                           2 1     0
/// | boot                        | state |
/// </code>
/// All 0: clean. state 1: beginning, which the disk need not know yet; 2: in use, which it knows. boot tells the boot of the machine from others.
/// </remarks>
internal readonly struct UseWord(ulong bits)
{
    private const ulong Beginning = 1;
    private const ulong InUse = 2;
    private const int StateBits = 2;

    public readonly ulong Bits = bits;

    public uint State => (uint)(Bits & 3);

    public ulong Boot => Bits >> StateBits;

    public bool IsClean => Bits == 0;

    /// <summary>Whether the disk knows that the file is in use.</summary>
    public bool IsKnownToDisk => State == InUse;

    public bool IsValid => IsClean || State is (uint)Beginning or (uint)InUse;

    public static UseWord BeginningIn(Guid boot) => Of(boot, Beginning);

    public static UseWord InUseIn(Guid boot) => Of(boot, InUse);

    /// <summary>Whether what is in the file is known: to the disk, or to the memory of a machine that has not gone down since.</summary>
    public bool IsTrustedIn(Guid boot) => IsClean || Boot == Of(boot, InUse).Boot;

    private static UseWord Of(Guid boot, ulong state)
    {
        Span<ulong> halves = stackalloc ulong[2];
        boot.TryWriteBytes(MemoryMarshal.AsBytes(halves));
        return new UseWord(((halves[0] ^ halves[1]) << StateBits) | state);
    }
}
