using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf;

public sealed partial class EtsWorker
{
    /// <summary>
    /// Makes a table of a portable file: of the saved name, kind, access and rows, owned by this worker and for workers of its role. The whole file
    /// is checked before anything is made. While the rows are put in nobody can open the table. If that is cancelled, fails or is killed, no
    /// rows stay: the table is dropped, or is empty for its next owner where the loader is killed or the manager is out of reach. ETS: <c>file2tab/1,2</c>.
    /// </summary>
    /// <remarks>Threads: any. Blocking: none for the file; the rows are inserted by whoever runs it. Allocation: a block of rows.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">Another name and more; null for <see cref="EtsLoadOptions.Default"/>.</param>
    /// <param name="progress">Told after each block of rows, first as it is verified, then as it is loaded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidNameException">The new name is none.</exception>
    /// <exception cref="EtsFileException">The file cannot be read.</exception>
    /// <exception cref="EtsFileFormatException">It is damaged, cut off, or no portable file; the message says where.</exception>
    /// <exception cref="TableExistsException">There is a table of that name.</exception>
    /// <exception cref="TableSchemaException">The file's rows are of other types.</exception>
    /// <exception cref="TableFullException">There is no space for the rows.</exception>
    public Task<EtsTable<TKey, TValue>> LoadAsync<TKey, TValue>(
        string path, EtsLoadOptions? options = null, IProgress<EtsFileProgress>? progress = null, CancellationToken cancellationToken = default) =>
        LoadAsync(path, options, progress, TableFaces.Pairs<TKey, TValue>(), SavedSchema.OfPairs<TKey, TValue>, cancellationToken);

    /// <summary>Makes a table of a portable file, whose rows have their key as a member.</summary>
    /// <inheritdoc cref="LoadAsync{TKey, TValue}"/>
    public Task<EtsTable<TRow>> LoadAsync<TRow>(
        string path, EtsLoadOptions? options = null, IProgress<EtsFileProgress>? progress = null, CancellationToken cancellationToken = default) =>
        LoadAsync(path, options, progress, TableFaces.Rows<TRow>(), SavedSchema.OfRows<TRow>, cancellationToken);

    private async Task<TTable> LoadAsync<TTable>(
        string path, EtsLoadOptions? options, IProgress<EtsFileProgress>? progress,
        TableFace<TTable> face, Func<SavedFile, TableSchema> merge, CancellationToken cancellationToken)
        where TTable : IArrivedTable
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= EtsLoadOptions.Default;
        options.RequireValid();
        try
        {
            await using var source = await SavedFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            await source.VerifyAsync(progress, cancellationToken).ConfigureAwait(false);
            var schema = merge(source);
            var table = await CreateAsync(source.Info, options, face, cancellationToken).ConfigureAwait(false);
            try
            {
                await TableLoader.FillAsync(table.File, source, schema, progress, cancellationToken).ConfigureAwait(false);
                return table;
            }
            catch
            {
                await DropUnfinishedAsync(table).ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SavedFile.Unreadable(path, error);
        }
    }

    /// <summary>Creates the table and owns it, before the workers that wait for one of its name already: it has no rows for them yet.</summary>
    private async Task<TTable> CreateAsync<TTable>(
        EtsFileInfo info, EtsLoadOptions options, TableFace<TTable> face, CancellationToken cancellationToken)
        where TTable : IArrivedTable
    {
        var name = options.Name ?? info.Name;
        var tableOptions = new EtsTableOptions
        {
            Kind = info.Kind,
            Access = info.Access,
            MaximumBytes = options.MaximumBytes ?? info.MaximumBytes,
            GiftData = options.GiftData,
            GoesToCreator = true,
        };
        tableOptions.RequireValid();
        if (_session.Directory.TableExists(name)) throw Exists(name);
        var table = await _session.OwnAsync(name, tableOptions, face, cancellationToken).ConfigureAwait(false);
        if (table.Transfer!.Reason == TransferReason.Created && table.File.Count == 0) return table;
        await table.DisposeAsync().ConfigureAwait(false);
        throw Exists(name);
    }

    /// <summary>The mark keeps the rows from everyone where the manager cannot be asked to drop the table.</summary>
    private async Task DropUnfinishedAsync<TTable>(TTable table) where TTable : IArrivedTable
    {
        try
        {
            await DropAsync(table.File.Name).ConfigureAwait(false);
        }
        catch (EtsException)
        {
            // The next owner removes the rows.
        }
        await table.DisposeAsync().ConfigureAwait(false);
    }

    private static TableExistsException Exists(string name) =>
        new($"There is a table '{name}', and loading a file makes a new one. Name another in {nameof(EtsLoadOptions)}.{nameof(EtsLoadOptions.Name)}, or drop the table.");
}
