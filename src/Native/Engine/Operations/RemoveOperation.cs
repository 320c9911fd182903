namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Removes the row.</summary>
internal readonly struct RemoveOperation : IRowOperation
{
    public int ValueBytes => -1;

    public bool ValueIsKnown => false;

    public ReadOnlySpan<byte> Value => default;

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current) => RowDecision.Remove;
}
