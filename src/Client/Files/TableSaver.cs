using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Files;

/// <summary>Writes the rows of a table to a portable file, in the order of its scan.</summary>
internal static class TableSaver
{
    /// <summary>Saves to a path: aside first, so that a kill leaves what was there, and beside it a file that ends in <c>.saving</c>.</summary>
    public static async Task SaveAsync(
        TableFile table, FileHeader header, string path, EtsSaveOptions options, IProgress<EtsFileProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = AsideFile.Create(path, options);
            await WriteAsync(table, header, file.Stream, options.BlockBytes, progress, cancellationToken).ConfigureAwait(false);
            await file.PlaceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EtsFileException($"Table '{header.Name}' cannot be saved to '{path}': {error.Message} What was there is as it was.", error);
        }
    }

    /// <summary>Writes the file's bytes, from the first to the last.</summary>
    public static async Task WriteAsync(
        TableFile table, FileHeader header, Stream stream, int blockBytes, IProgress<EtsFileProgress>? progress, CancellationToken cancellationToken)
    {
        var expected = table.Count;
        var writer = new SectionWriter(stream, FileSizeLimit.Bytes);
        await writer.BeginAsync(header, cancellationToken).ConfigureAwait(false);
        var block = new RowBlock(blockBytes);
        var page = new ScanPage();
        var cursor = 0UL;
        var rows = 0L;
        bool more;
        do
        {
            more = table.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                block.Add(page.Key(row), page.Value(row));
                rows++;
                if (block.IsFull) await FlushAsync().ConfigureAwait(false);
            }
        }
        while (more);
        if (!block.IsEmpty) await FlushAsync().ConfigureAwait(false);
        await writer.EndAsync(rows, cancellationToken).ConfigureAwait(false);

        async ValueTask FlushAsync()
        {
            await writer.WriteRowsAsync(block.Body, cancellationToken).ConfigureAwait(false);
            block.Clear();
            progress?.Report(new EtsFileProgress(EtsFilePhase.Saving, rows, expected, writer.Position));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
