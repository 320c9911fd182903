using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Files;

/// <summary>Puts the rows of a file into a new table that this process owns. See <see cref="LoadMark"/> for what others see of it.</summary>
internal static class TableLoader
{
    /// <summary>Fills the table. A failure leaves the mark; the table is to be dropped then.</summary>
    public static async Task FillAsync(
        TableFile table, SavedFile source, TableSchema schema, IProgress<EtsFileProgress>? progress, CancellationToken cancellationToken)
    {
        SetMark(table);
        await source.ReadAsync(EtsFilePhase.Loading, table.Insert, progress, cancellationToken).ConfigureAwait(false);
        if (!table.TryBindSchema(LoadMark.Bytes, schema.Encode()))
            throw new TableSchemaException($"The schema of table '{table.Name}' was changed by another while the table was being loaded.");
    }

    private static void SetMark(TableFile table)
    {
        while (!table.TryBindSchema(table.ReadSchema(), LoadMark.Bytes))
        {
            // A writer of a public table has extended the schema in between.
        }
    }
}
