namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Removes the row if its value is, byte for byte, this one.</summary>
internal readonly ref struct RemoveObjectOperation(ReadOnlySpan<byte> value) : IRowOperation
{
    private readonly ReadOnlySpan<byte> _value = value;

    public int ValueBytes => -1;

    public bool ValueIsKnown => false;

    public ReadOnlySpan<byte> Value => default;

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current) =>
        exists && current.SequenceEqual(_value) ? RowDecision.Remove : RowDecision.Keep;
}
