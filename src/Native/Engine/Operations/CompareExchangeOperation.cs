namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Replaces the value if it is, byte for byte, the expected one.</summary>
internal readonly ref struct CompareExchangeOperation(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> value) : IRowOperation
{
    private readonly ReadOnlySpan<byte> _expected = expected;
    private readonly ReadOnlySpan<byte> _value = value;

    public int ValueBytes => _value.Length;

    public bool ValueIsKnown => true;

    public ReadOnlySpan<byte> Value => _value;

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current) =>
        exists && current.SequenceEqual(_expected) ? RowDecision.Store : RowDecision.Keep;
}
