using EtsPersist.Mmf.Files;

namespace EtsPersist.Mmf;

/// <summary>
/// Portable files of tables: one file with all rows of a table, checksummed, independent of the machine.
/// <see cref="EtsRows{TRow, TValue}.SaveAsync"/> writes them, <see cref="EtsWorker.LoadAsync{TKey, TValue}"/> makes tables of them.
/// </summary>
/// <remarks>Threads: any. Blocking: none; the file is read asynchronously. Allocation: a block of rows at a time.</remarks>
public static class EtsFile
{
    /// <summary>Reads what a file says about itself, from its two ends. The rows between are not checked. ETS: <c>tabfile_info/1</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EtsFileException">The file cannot be read.</exception>
    /// <exception cref="EtsFileFormatException">It is cut off, or no portable file of a table.</exception>
    public static Task<EtsFileInfo> ReadInfoAsync(string path, CancellationToken cancellationToken = default) =>
        ReadAsync(path, static _ => Task.CompletedTask, cancellationToken);

    /// <summary>Reads a file from its beginning to its end and checks all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told after each block of rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EtsFileException">The file cannot be read.</exception>
    /// <exception cref="EtsFileFormatException">It is damaged or cut off; the message says where.</exception>
    public static Task<EtsFileInfo> VerifyAsync(
        string path, IProgress<EtsFileProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ReadAsync(path, file => file.VerifyAsync(progress, cancellationToken), cancellationToken);

    private static async Task<EtsFileInfo> ReadAsync(string path, Func<SavedFile, Task> read, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            await using var file = await SavedFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            await read(file).ConfigureAwait(false);
            return file.Info;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SavedFile.Unreadable(path, error);
        }
    }
}
