using System.Buffers.Binary;
using System.IO.Hashing;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// The 16 bytes before each section's body. Each checksum has the one before it as its seed, so a section that is missing, doubled or out of
/// place is found like a changed byte, and the last one stands for the whole file.
/// </summary>
internal readonly record struct SectionHead(ulong Checksum, SectionKind Kind, int Length)
{
    public const int Bytes = 16;

    private const int KindOffset = 8;
    private const int LengthOffset = 12;

    /// <summary>The seed of the first section: it covers the preamble.</summary>
    public static ulong SeedOf(ReadOnlySpan<byte> preamble) => XxHash3.HashToUInt64(preamble);

    public static SectionHead For(SectionKind kind, ReadOnlySpan<byte> body, ulong seed) =>
        new(ChecksumOf(kind, body, seed), kind, body.Length);

    public static SectionHead Read(ReadOnlySpan<byte> head) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(head),
        (SectionKind)BinaryPrimitives.ReadUInt32LittleEndian(head[KindOffset..]),
        BinaryPrimitives.ReadInt32LittleEndian(head[LengthOffset..]));

    public void Write(Span<byte> head)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(head, Checksum);
        WriteDescription(head[KindOffset..], Kind, Length);
    }

    /// <summary>Whether this is the head that belongs in front of the body.</summary>
    public bool Fits(ReadOnlySpan<byte> body, ulong seed) => ChecksumOf(Kind, body, seed) == Checksum;

    private static ulong ChecksumOf(SectionKind kind, ReadOnlySpan<byte> body, ulong seed)
    {
        Span<byte> description = stackalloc byte[Bytes - KindOffset];
        WriteDescription(description, kind, body.Length);
        var hash = new XxHash3((long)seed);
        hash.Append(description);
        hash.Append(body);
        return hash.GetCurrentHashAsUInt64();
    }

    private static void WriteDescription(Span<byte> description, SectionKind kind, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(description, (uint)kind);
        BinaryPrimitives.WriteInt32LittleEndian(description[(LengthOffset - KindOffset)..], length);
    }
}
