using System.Buffers.Binary;

namespace EtsPersist.Mmf.Files;

/// <summary>Writes a portable file from its first byte to its last. Not thread-safe.</summary>
/// <param name="stream">Where the bytes go.</param>
/// <param name="limit">How many bytes may go there.</param>
internal sealed class SectionWriter(Stream stream, long limit)
{
    private readonly byte[] _head = new byte[SectionHead.Bytes];
    private ulong _checksum;

    /// <summary>How many bytes are written.</summary>
    public long Position { get; private set; }

    /// <summary>How many sections are written.</summary>
    public long Sections { get; private set; }

    /// <summary>Writes what every file begins with, and its header.</summary>
    public async ValueTask BeginAsync(FileHeader header, CancellationToken cancellationToken)
    {
        var preamble = new byte[PortableFormat.PreambleBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(preamble, PortableFormat.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(preamble.AsSpan(sizeof(ulong)), PortableFormat.Version);
        _checksum = SectionHead.SeedOf(preamble);
        await WriteAsync(preamble, cancellationToken).ConfigureAwait(false);
        await WriteAsync(SectionKind.Header, header.Encode(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a block of rows.</summary>
    public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        WriteAsync(SectionKind.Rows, body, cancellationToken);

    /// <summary>Writes what makes the file whole.</summary>
    public ValueTask EndAsync(long rows, CancellationToken cancellationToken) =>
        WriteAsync(SectionKind.Trailer, new FileTrailer(rows, Sections, _checksum).Encode(), cancellationToken);

    private async ValueTask WriteAsync(SectionKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var head = SectionHead.For(kind, body.Span, _checksum);
        head.Write(_head);
        await WriteAsync(_head, cancellationToken).ConfigureAwait(false);
        await WriteAsync(body, cancellationToken).ConfigureAwait(false);
        _checksum = head.Checksum;
        Sections++;
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (Position + bytes.Length > limit)
            throw new IOException($"This process may write files of at most {limit} bytes (RLIMIT_FSIZE). Raise 'ulimit -f'.");
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        Position += bytes.Length;
    }
}
