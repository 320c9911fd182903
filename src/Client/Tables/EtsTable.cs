using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>Opens tables in processes that do not own them: to read any that is not private, and to write public ones. The manager need not run.</summary>
public static class EtsTable
{
    private static readonly TimeSpan LeastWriterWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MostWriterWait = TimeSpan.FromHours(1);

    /// <summary>Opens a table by name. Reading takes no slot and stores nothing; the file is mapped for reading only, unless the table is public.</summary>
    /// <param name="name">The table's name; case does not count.</param>
    /// <param name="options">Which instance, and how patient writes are; null for <see cref="EtsOpenOptions.Default"/>.</param>
    /// <remarks>Another's private table opens and tells its <c>Info</c>; each read of its rows is a <see cref="TableAccessException"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidNameException">It is no name of a table or an instance.</exception>
    /// <exception cref="InstanceDirectoryException">The instance's directory cannot be trusted or used.</exception>
    /// <exception cref="TableNotFoundException">The instance has no such table.</exception>
    /// <exception cref="TableDroppedException">It was dropped while it was being opened.</exception>
    /// <exception cref="TableAccessException">The file's permissions forbid it.</exception>
    /// <exception cref="TableFormatException">The file is no table, or of another format.</exception>
    /// <exception cref="CorruptTableException">The file is damaged or truncated, or cannot be trusted; the message says why.</exception>
    /// <exception cref="TableBusyException">The table is public, and a process that closes it has not come to an end with that.</exception>
    /// <exception cref="TableNotReadyException">No owner has given the table a schema yet, or it is being loaded.</exception>
    /// <exception cref="TableSchemaException">Its rows are of other types; the message names both.</exception>
    /// <exception cref="UnsupportedTypeException">A type cannot be stored; the message says what to do.</exception>
    public static EtsTable<TKey, TValue> Open<TKey, TValue>(string name, EtsOpenOptions? options = null) =>
        Open(name, options, static file => new EtsTable<TKey, TValue>(file));

    /// <summary>Opens a table by name, with rows whose key is a member.</summary>
    /// <inheritdoc cref="Open{TKey, TValue}(string, EtsOpenOptions?)"/>
    public static EtsTable<TRow> Open<TRow>(string name, EtsOpenOptions? options = null) => Open(name, options, static file => new EtsTable<TRow>(file));

    private static TTable Open<TTable>(string name, EtsOpenOptions? options, Func<TableFile, TTable> create)
    {
        var chosen = options ?? EtsOpenOptions.Default;
        if (chosen.WriterWait < LeastWriterWait || chosen.WriterWait > MostWriterWait)
            throw new ArgumentOutOfRangeException(nameof(options), chosen.WriterWait, "WriterWait is 1 ms to 1 hour.");
        var directory = new InstanceDirectory(chosen.Instance, chosen.Directory, chosen.Group);
        var file = directory.OpenTable(name, writable: false);
        try
        {
            if (file.Access == TableAccess.Public)
                file = Reopen(file);
            file.WriterPatience = chosen.WriterWait;
            return create(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>For writing too, if the file's permissions allow it.</summary>
    private static TableFile Reopen(TableFile file)
    {
        try
        {
            var writable = TableFile.Open(file.Path, writable: true);
            file.Dispose();
            return writable;
        }
        catch (TableAccessException)
        {
            return file;
        }
    }

    /// <inheritdoc cref="Open{TKey, TValue}(string, EtsOpenOptions?)"/>
    /// <remarks>Opening is a few system calls and completes synchronously.</remarks>
    public static ValueTask<EtsTable<TKey, TValue>> OpenAsync<TKey, TValue>(
        string name, EtsOpenOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Open<TKey, TValue>(name, options));
    }

    /// <summary>Opens a table by name, with rows whose key is a member.</summary>
    /// <inheritdoc cref="OpenAsync{TKey, TValue}(string, EtsOpenOptions?, CancellationToken)"/>
    public static ValueTask<EtsTable<TRow>> OpenAsync<TRow>(string name, EtsOpenOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Open<TRow>(name, options));
    }
}
