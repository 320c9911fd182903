namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// Decides a batch for everyone with one store: it lies in the journal that runs the batch, and pending records name it.
/// </summary>
/// <remarks>
/// <code>
/// 63                             8 7       0
/// | number of the batch            | state  |
/// </code>
/// preparing → committed → (number + 1, preparing), or at once to the latter if the batch is undone; the number moves only when no reference is pending any more.
/// </remarks>
internal readonly struct BatchWord(ulong bits)
{
    public const byte Preparing = 0;
    public const byte Committed = 1;

    public readonly ulong Bits = bits;

    public ulong Number => Bits >> 8;

    public byte State => (byte)Bits;

    public BatchWord With(byte state) => new((Bits & ~0xFFUL) | state);

    public BatchWord NextNumber() => new((Number + 1) << 8);
}
