using System.Buffers.Binary;

namespace EtsPersist.Mmf.Files;

/// <summary>
/// Reads a portable file section by section and lets nothing out that it has not checked. No length is believed beyond what the file has left, and
/// no memory is taken for it before.
/// </summary>
/// <remarks>Not thread-safe. Failure: <see cref="EtsFileFormatException"/>, and what the stream throws.</remarks>
internal sealed class SectionReader(Stream stream, string path)
{
    private readonly long _length = stream.Length;
    private readonly byte[] _head = new byte[SectionHead.Bytes];
    private byte[] _body = [];
    private int _bodyBytes;
    private ulong _checksum;

    /// <summary>The offset of the next section.</summary>
    public long Position { get; private set; }

    /// <summary>The length of the file.</summary>
    public long Length => _length;

    /// <summary>What the section that was read last holds.</summary>
    public SectionKind Kind { get; private set; }

    /// <summary>The body of the section that was read last; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _bodyBytes);

    /// <summary>Where that body begins in the file.</summary>
    private long BodyStart => Position - _bodyBytes;

    /// <summary>Goes to the file's beginning and reads its header.</summary>
    public async ValueTask<FileHeader> BeginAsync(CancellationToken cancellationToken)
    {
        stream.Position = 0;
        Position = 0;
        var preamble = new byte[PortableFormat.PreambleBytes];
        await ReadAsync(preamble, "its first 16 bytes", cancellationToken).ConfigureAwait(false);
        RequirePreamble(preamble);
        _checksum = SectionHead.SeedOf(preamble);
        await NextAsync(cancellationToken).ConfigureAwait(false);
        if (Kind != SectionKind.Header) throw Damaged(PortableFormat.PreambleBytes, $"a section of kind {Kind} stands where the header belongs");
        return DecodeHeader();
    }

    /// <summary>Reads and checks the next section.</summary>
    public async ValueTask NextAsync(CancellationToken cancellationToken)
    {
        var start = Position;
        await ReadAsync(_head, "the head of a section", cancellationToken).ConfigureAwait(false);
        var head = SectionHead.Read(_head);
        var left = _length - Position;
        if (head.Length < 0 || head.Length > left)
            throw Damaged(start, $"a section has {(uint)head.Length} bytes by its own word and {left} are left: the file is cut off or damaged");
        if (head.Length > PortableFormat.MaximumBodyBytes)
            throw Damaged(start, $"a section has {head.Length} bytes by its own word and may have {PortableFormat.MaximumBodyBytes}");
        if (_body.Length < head.Length) _body = new byte[Math.Max(head.Length, PortableFormat.BlockBytes)];
        _bodyBytes = head.Length;
        await ReadAsync(_body.AsMemory(0, head.Length), "the body of a section", cancellationToken).ConfigureAwait(false);
        if (!head.Fits(Body, _checksum)) throw Damaged(start, "the checksum of a section does not fit its bytes");
        _checksum = head.Checksum;
        Kind = head.Kind;
    }

    /// <summary>Reads the trailer from the file's end, checked by itself alone.</summary>
    public async ValueTask<FileTrailer> ReadTrailerAsync(CancellationToken cancellationToken)
    {
        Position = _length - FileTrailer.SectionBytes;
        if (Position < PortableFormat.PreambleBytes) throw Damaged(_length, "the file ends before its trailer");
        stream.Position = Position;
        var section = new byte[FileTrailer.SectionBytes];
        await ReadAsync(section, "the trailer", cancellationToken).ConfigureAwait(false);
        var head = SectionHead.Read(section);
        var body = section.AsSpan(SectionHead.Bytes);
        var trailer = FileTrailer.Decode(body);
        return head is { Kind: SectionKind.Trailer, Length: FileTrailer.Bytes } && head.Fits(body, trailer.Seed)
            ? trailer
            : throw Damaged(_length - FileTrailer.SectionBytes, "there is no trailer: the file is cut off or damaged");
    }

    /// <summary>The trailer in the section that was read last, if it is one that ends the file as it should.</summary>
    public FileTrailer RequireTrailer(long rows, long sections)
    {
        if (Kind != SectionKind.Trailer || Body.Length != FileTrailer.Bytes)
            throw Damaged(BodyStart, $"a section of kind {Kind} with {Body.Length} bytes stands where rows or the trailer belong");
        var trailer = FileTrailer.Decode(Body);
        if (trailer.Rows != rows || trailer.Sections != sections)
            throw Damaged(BodyStart, $"the trailer counts {trailer.Rows} rows and {trailer.Sections} sections where {rows} and {sections} were read");
        return Position == _length ? trailer : throw Damaged(Position, $"{_length - Position} bytes follow the trailer");
    }

    /// <summary>The error for what is wrong with the body that was read last.</summary>
    public EtsFileFormatException DamagedBody(int offset, string problem) => Damaged(BodyStart + offset, problem);

    private FileHeader DecodeHeader()
    {
        try
        {
            return FileHeader.Decode(Body);
        }
        catch (MessagePackFormatException error)
        {
            throw DamagedBody(error.Offset, $"the header is none: {error.Message.TrimEnd('.')}");
        }
    }

    private void RequirePreamble(ReadOnlySpan<byte> preamble)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(preamble) != PortableFormat.Magic)
            throw Damaged(0, "the eight bytes that every such file begins with are missing");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(preamble[sizeof(ulong)..]);
        if (version != PortableFormat.Version)
            throw Damaged(sizeof(ulong), $"version {version} of the format is named and this library reads version {PortableFormat.Version}");
    }

    private async ValueTask ReadAsync(Memory<byte> destination, string what, CancellationToken cancellationToken)
    {
        var start = Position;
        var read = await stream.ReadAtLeastAsync(destination, destination.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read < destination.Length) throw Damaged(start, $"the file ends within {what}");
        Position += read;
    }

    private EtsFileFormatException Damaged(long offset, string problem) => new(path, offset, problem);
}
