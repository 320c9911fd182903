using System.Buffers.Binary;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>What a row holds, in few words: the operation that wrote it, or a counter's sum. All bytes of the value follow from that.</summary>
/// <param name="Writer">The writer whose operation it was; 0 for counters.</param>
/// <param name="Number">The operation's number, or the sum.</param>
/// <param name="Length">The value's length; negative if the value is torn.</param>
internal readonly record struct RowState(uint Writer, long Number, int Length)
{
    /// <summary>Whether the value is not, byte by byte, what some operation wrote.</summary>
    public bool IsTorn => Length < 0;

    public static RowState Counter(long sum) => new(0, sum, sizeof(long));

    /// <summary>As the stamp shows it, whose short form has fewer bits.</summary>
    public static RowState WrittenBy(uint writer, long sequence, int length) =>
        length == Stamp.Small ? new((ushort)writer, (uint)sequence, length) : new(writer, sequence, length);

    public static RowState Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (RowKeys.IsCounter(key))
            return value.Length == sizeof(long) ? Counter(BinaryPrimitives.ReadInt64LittleEndian(value)) : Torn(value);
        return Stamp.TryRead(value, out var writer, out var sequence) ? new(writer, sequence, value.Length) : Torn(value);
    }

    public override string ToString() =>
        IsTorn ? $"torn ({-Length - 1} bytes)" : Writer == 0 ? $"{Number}" : $"operation {Number} of writer {Writer} ({Length} bytes)";

    private static RowState Torn(ReadOnlySpan<byte> value) => new(0, 0, -1 - value.Length);
}
