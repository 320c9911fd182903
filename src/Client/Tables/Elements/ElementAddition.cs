using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf;

/// <summary>Adds to the integer at a place.</summary>
internal sealed class ElementAddition<TRow, TCounter>(ElementPlace<TRow, TCounter> place, CounterUpdate update) : ElementCounter<TRow>
{
    private readonly CounterFormat _format = CounterFormats.Of<TCounter>() ?? throw CounterFormats.NoCounter<TCounter>();

    public override string? Member => place.Member;

    internal override long Apply(EditBuffer row)
    {
        var counter = place.Get(row);
        var result = _format.Apply(_format.Read(RowBytes.Of(in counter)), update);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, result);
        bytes[.._format.Bytes].CopyTo(RowBytes.Destination(ref counter));
        place.Set(row, counter);
        return result;
    }
}
