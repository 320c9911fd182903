namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Stores a value, always or only under a new key.</summary>
internal readonly ref struct StoreOperation(ReadOnlySpan<byte> value, bool onlyIfNew) : IRowOperation
{
    private readonly ReadOnlySpan<byte> _value = value;

    public int ValueBytes => _value.Length;

    public bool ValueIsKnown => true;

    public ReadOnlySpan<byte> Value => _value;

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current) => exists && onlyIfNew ? RowDecision.Keep : RowDecision.Store;
}
