namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Copies the value out and removes the row; keeps it if the value does not fit.</summary>
internal ref struct TakeOperation(Span<byte> destination) : IRowOperation
{
    private readonly Span<byte> _destination = destination;

    public ReadStatus Status { get; private set; } = ReadStatus.Missing;

    public int Length { get; private set; }

    public readonly int ValueBytes => -1;

    public readonly bool ValueIsKnown => false;

    public readonly ReadOnlySpan<byte> Value => default;

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current)
    {
        if (!exists)
            return RowDecision.Keep;
        Length = current.Length;
        Status = current.TryCopyTo(_destination) ? ReadStatus.Found : ReadStatus.DestinationTooSmall;
        return Status == ReadStatus.Found ? RowDecision.Remove : RowDecision.Keep;
    }
}
