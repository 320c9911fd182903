using System.Buffers.Binary;

namespace EtsPersist.Mmf.Native.Engine.Operations;

/// <summary>How a counter lies in its value: 1, 2, 4 or 8 bytes, little-endian, with or without a sign.</summary>
/// <param name="Bytes">The value's length.</param>
/// <param name="IsSigned">Whether it may be negative.</param>
public readonly record struct CounterFormat(int Bytes, bool IsSigned)
{
    /// <summary>Adds to a counter.</summary>
    /// <exception cref="CounterException">The row's value is no counter of this format, or the sum does not fit.</exception>
    internal long Add(ReadOnlySpan<byte> current, long increment) => Add(ReadCounter(current), increment);

    /// <summary>Adds to a counter's value.</summary>
    /// <exception cref="CounterException">The sum does not fit.</exception>
    internal long Add(long current, long increment) => Narrow(Widen(current) + increment, increment);

    /// <summary>Adds to a counter's value by ETS's rule of thresholds.</summary>
    /// <exception cref="CounterException">What comes out does not fit.</exception>
    public long Apply(long current, in CounterUpdate update)
    {
        var sum = Widen(current) + update.Increment;
        var hasPassed = update.Threshold is { } threshold && (update.Increment >= 0 ? sum > threshold : sum < threshold);
        return Narrow(hasPassed ? update.SetValue : sum, update.Increment);
    }

    /// <summary>Reads a row's value.</summary>
    /// <exception cref="CounterException">It is no counter of this format.</exception>
    internal long ReadCounter(ReadOnlySpan<byte> current) => current.Length == Bytes
        ? Read(current)
        : throw new CounterException($"The value is {current.Length} bytes long; a counter of this table has {Bytes}.");

    /// <summary>Reads a counter from exactly its bytes.</summary>
    public long Read(ReadOnlySpan<byte> value) => (Bytes, IsSigned) switch
    {
        (1, true) => (sbyte)value[0],
        (1, false) => value[0],
        (2, true) => BinaryPrimitives.ReadInt16LittleEndian(value),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(value),
        (4, true) => BinaryPrimitives.ReadInt32LittleEndian(value),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(value),
        _ => BinaryPrimitives.ReadInt64LittleEndian(value),
    };

    private Int128 Widen(long counter) => IsSigned || Bytes < sizeof(ulong) ? counter : (ulong)counter;

    private long Narrow(Int128 sum, long increment)
    {
        var (lowest, highest) = Range();
        if (sum < lowest || sum > highest)
            throw new CounterException($"Adding {increment} to the counter gives {sum}, which does not fit into {Bytes} bytes{(IsSigned ? "" : " without a sign")}.");
        return (long)(ulong)(UInt128)sum;
    }

    private (Int128 Lowest, Int128 Highest) Range()
    {
        var bits = Bytes * 8;
        return IsSigned ? (-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1) : (0, (Int128.One << bits) - 1);
    }
}
