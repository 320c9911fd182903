using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Adds to a counter.</summary>
internal struct CounterOperation(long increment, long? initial, CounterFormat format) : IRowOperation
{
    private CounterBytes _bytes;

    public long Result { get; private set; }

    public readonly int ValueBytes => format.Bytes;

    public readonly bool ValueIsKnown => false;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Value => ((ReadOnlySpan<byte>)_bytes)[..format.Bytes];

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current)
    {
        Result = exists ? format.Add(current, increment)
            : initial is { } start ? format.Add(start, increment)
            : throw Missing();
        BinaryPrimitives.WriteInt64LittleEndian(_bytes, Result);
        return RowDecision.Store;
    }

    public static CounterException Missing() =>
        new("The counter's row does not exist. Insert it first, or give the value at which a missing counter begins.");
}
