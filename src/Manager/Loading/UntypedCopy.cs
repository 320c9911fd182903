using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Manager.Inspection;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Loading;

/// <summary>Saves tables to portable files and makes tables of them, by their schemas alone.</summary>
internal static class UntypedCopy
{
    /// <summary>Saves a table. See <see cref="EtsRows{TRow, TValue}.SaveAsync"/>.</summary>
    public static async Task<EtsFileInfo> SaveAsync(
        InspectedTable table, string path, EtsSaveOptions options, IProgress<EtsFileProgress>? progress, CancellationToken cancellationToken)
    {
        var (file, schema) = (table.File, table.Schema);
        var (keyBytes, valueBytes) = SizesOf(schema, file.Kind);
        var header = new FileHeader(file.Name, file.Kind, file.Access, file.Capacity, keyBytes, valueBytes, schema.Encode(), DateTime.UtcNow);
        await TableSaver.SaveAsync(file, header, path, options, progress, cancellationToken).ConfigureAwait(false);
        return await EtsFile.ReadInfoAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a table of a file. See <see cref="EtsWorker.LoadAsync{TKey, TValue}"/>; the table goes to the workers of the role.</summary>
    public static async Task<EtsFileInfo> LoadAsync(
        InstanceDirectory directory,
        string path,
        string role,
        string? name,
        IProgress<EtsFileProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var source = await SavedFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            await source.VerifyAsync(progress, cancellationToken).ConfigureAwait(false);
            var (info, schema) = (source.Info, source.Info.Schema);
            RequireSizes(source, schema, path);
            var table = new CreateTableMessage(name ?? info.Name, info.Kind, info.Access, info.MaximumBytes, default, role) { MustBeNew = true, GoesToCreator = true };
            using var owner = NewTableOwner.Create(directory, role, table);
            await FillAsync(owner, source, schema, progress, cancellationToken).ConfigureAwait(false);
            owner.Release();
            return info;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SavedFile.Unreadable(path, error);
        }
    }

    private static async Task FillAsync(
        NewTableOwner owner,
        SavedFile source,
        TableSchema schema,
        IProgress<EtsFileProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            owner.File.DecideRowFormat(source.Header.KeyBytes, source.Header.ValueBytes);
            await TableLoader.FillAsync(owner.File, source, schema, progress, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            owner.Drop();
            throw;
        }
    }

    private static void RequireSizes(SavedFile source, TableSchema schema, string path)
    {
        var (keyBytes, valueBytes) = SizesOf(schema, source.Info.Kind);
        var header = source.Header;
        if (header.KeyBytes == keyBytes && header.ValueBytes == valueBytes) return;
        throw new EtsFileFormatException(path, PortableFormat.PreambleBytes,
            $"the header has keys of {header.KeyBytes} and values of {header.ValueBytes} bytes "
            + $"where its own schema makes them {keyBytes} and {valueBytes}");
    }

    private static (int KeyBytes, int ValueBytes) SizesOf(TableSchema schema, TableKind kind)
    {
        var keyUse = kind == TableKind.OrderedSet ? CodecUse.OrderedKey : CodecUse.HashKey;
        return (TupleBytes.FixedSize(schema.Key, keyUse), TupleBytes.FixedSize(schema.Value, CodecUse.Value));
    }
}
