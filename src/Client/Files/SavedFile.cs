namespace EtsPersist.Mmf.Files;

/// <summary>What is done with each row of a file.</summary>
internal delegate void RowAction(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

/// <summary>A portable file that is open for reading; it may be read from its beginning to its end more than once.</summary>
internal sealed class SavedFile : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly SectionReader _sections;
    private readonly FileTrailer _trailer;

    private SavedFile(Stream stream, string path, SectionReader sections, FileHeader header, FileTrailer trailer)
    {
        Path = path;
        _stream = stream;
        _sections = sections;
        _trailer = trailer;
        Header = header;
    }

    public string Path { get; }

    public FileHeader Header { get; }

    public EtsFileInfo Info => new(Header, _trailer.Rows, _sections.Length);

    /// <summary>Opens a file and reads its two ends; what lies between is not looked at.</summary>
    public static async Task<SavedFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, Share = FileShare.Read | FileShare.Delete });
        try
        {
            return await OpenAsync(stream, path, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same for bytes that lie anywhere.</summary>
    public static async Task<SavedFile> OpenAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        if (!stream.CanSeek) throw new IOException("It is no regular file.");
        var sections = new SectionReader(stream, path);
        var header = await sections.BeginAsync(cancellationToken).ConfigureAwait(false);
        return new SavedFile(stream, path, sections, header, await sections.ReadTrailerAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads the whole file, checks all of it, and has something done with each row once the row's block is known to be sound.</summary>
    public async Task ReadAsync(EtsFilePhase phase, RowAction action, IProgress<EtsFileProgress>? progress, CancellationToken cancellationToken)
    {
        await _sections.BeginAsync(cancellationToken).ConfigureAwait(false);
        var rows = 0L;
        var sections = 1L;
        while (true)
        {
            await _sections.NextAsync(cancellationToken).ConfigureAwait(false);
            if (_sections.Kind != SectionKind.Rows) break;
            rows += ReadBlock(action);
            sections++;
            progress?.Report(new EtsFileProgress(phase, rows, _trailer.Rows, _sections.Position));
            cancellationToken.ThrowIfCancellationRequested();
        }
        _sections.RequireTrailer(rows, sections);
    }

    /// <summary>Reads the whole file and checks all of it.</summary>
    public Task VerifyAsync(IProgress<EtsFileProgress>? progress, CancellationToken cancellationToken) =>
        ReadAsync(EtsFilePhase.Verifying, static (_, _) => { }, progress, cancellationToken);

    /// <summary>The error for what the file system refused.</summary>
    public static EtsFileException Unreadable(string path, Exception error) => new($"'{path}' cannot be read: {error.Message}", error);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private int ReadBlock(RowAction action)
    {
        var block = new RowBlockReader(_sections, Header);
        var rows = 0;
        for (; block.TryRead(out var key, out var value); rows++) action(key, value);
        return rows;
    }
}
