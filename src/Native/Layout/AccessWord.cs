namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Who may use the table: read by every operation, and so the place where a drop and a change of access take effect for all processes at once.
/// </summary>
/// <remarks>
/// <code>
/// 63          24 23     16 15      8 7      1 0
/// | 0           | from    | access  | 0      | dropped |
/// </code>
/// access 0: as the constant part of the header says. from is 0 unless the right to write is being taken from other processes: writes that they
/// had begun may still end, and if the owner is killed meanwhile, the table has the access from again.
/// </remarks>
internal readonly struct AccessWord(ulong bits)
{
    public readonly ulong Bits = bits;

    public bool IsDropped => (Bits & 1) != 0;

    public TableAccess Access => (TableAccess)(byte)(Bits >> 8);

    public TableAccess From => (TableAccess)(byte)(Bits >> 16);

    public bool IsChanging => From != 0;

    public static AccessWord Of(TableAccess access) => new((ulong)access << 8);

    public AccessWord Dropped() => new(Bits | 1);

    public AccessWord ChangingTo(TableAccess from, TableAccess access) => new(((ulong)from << 16) | ((ulong)access << 8) | (Bits & 1));

    public AccessWord Settled(TableAccess access) => new(((ulong)access << 8) | (Bits & 1));
}
