using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>Adds to a counter several times, each time to what the time before has left; all of them or none.</summary>
internal ref struct CounterSequenceOperation(ReadOnlySpan<CounterUpdate> updates, Span<long> results, long? initial, CounterFormat format) : IRowOperation
{
    private readonly ReadOnlySpan<CounterUpdate> _updates = updates;
    private readonly Span<long> _results = results;
    private CounterBytes _bytes;

    public readonly int ValueBytes => format.Bytes;

    public readonly bool ValueIsKnown => false;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Value => ((ReadOnlySpan<byte>)_bytes)[..format.Bytes];

    public RowDecision Decide(bool exists, ReadOnlySpan<byte> current)
    {
        var counter = exists ? format.ReadCounter(current) : initial ?? throw CounterOperation.Missing();
        for (var index = 0; index < _updates.Length; index++)
            _results[index] = counter = format.Apply(counter, _updates[index]);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes, counter);
        return RowDecision.Store;
    }
}
