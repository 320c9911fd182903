using System.Buffers.Binary;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// The body of a file's last section. Its length is fixed, so that it is found from the file's end.
/// <code>
/// 0      8                 16                              24
/// | rows | sections before | checksum of the section before |
/// </code>
/// </summary>
/// <param name="Rows">How many rows the file has.</param>
/// <param name="Sections">How many sections come before this one.</param>
/// <param name="Seed">The checksum of the section before, repeated so that this one can be checked alone.</param>
internal readonly record struct FileTrailer(long Rows, long Sections, ulong Seed)
{
    public const int Bytes = 24;

    /// <summary>The trailer with the head of its section.</summary>
    public const int SectionBytes = SectionHead.Bytes + Bytes;

    public byte[] Encode()
    {
        var body = new byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(body, Rows);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8), Sections);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(16), Seed);
        return body;
    }

    public static FileTrailer Decode(ReadOnlySpan<byte> body) => new(
        BinaryPrimitives.ReadInt64LittleEndian(body),
        BinaryPrimitives.ReadInt64LittleEndian(body[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(body[16..]));
}
