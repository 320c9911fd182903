using System.Buffers.Binary;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>The value of the record that heads the rows of a key in a bag. It is there exactly as long as the key has rows.</summary>
/// <remarks>
/// <code>
/// 0         8         16        24
/// | version | count   | since   |
/// </code>
/// version: begins at a number below 2^62 that no head began at before, and moves with each change of the key's rows; a new row takes it as its sequence number.
/// count: how many rows the key has. since: the version at which the key last lost or replaced a row, or began; as long as it stays, rows only came.
/// So equal heads mean that nothing happened in between, unless two lives of a head, which begin at the hashes of two batches, come to one number.
/// </remarks>
/// <param name="Version">Moves with each change.</param>
/// <param name="Count">How many rows the key has; 0 if there is no head.</param>
/// <param name="Since">The version of the last loss.</param>
internal readonly record struct BagHead(ulong Version, ulong Count, ulong Since)
{
    public const int Bytes = 24;
    public const int FirstVersionBits = 62;

    public bool Exists => Count != 0;

    /// <summary>Whether a head can be so: a damaged one may claim anything.</summary>
    public bool IsValid => Count != 0 && Since <= Version && Version < 1UL << (FirstVersionBits + 1);

    /// <summary>Whether a row was there when the head was so, if it is there while <see cref="Since"/> stays.</summary>
    public bool Covers(ulong sequence) => sequence <= Version;

    public static BagHead Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Count);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Since);
    }
}
