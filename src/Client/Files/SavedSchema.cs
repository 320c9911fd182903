namespace EtsPersist.Mmf.Files;

/// <summary>Brings the schema of a file and a program's types together.</summary>
internal static class SavedSchema
{
    /// <summary>The schema of the table that the file becomes: as after the first owner of these values under keys.</summary>
    /// <inheritdoc cref="Merge"/>
    public static TableSchema OfPairs<TKey, TValue>(SavedFile source) =>
        Merge(source, new PairCodec<TKey, TValue>(KeyCodec<TKey>.Of(IsOrdered(source)), Codecs.ForValue<TValue>()));

    /// <summary>The same for rows with their key inside.</summary>
    /// <inheritdoc cref="Merge"/>
    public static TableSchema OfRows<TRow>(SavedFile source) => Merge(source, RowKey<TRow>.CodecFor(IsOrdered(source)));

    /// <exception cref="TableSchemaException">The schemas do not fit; the message names both.</exception>
    /// <exception cref="EtsFileFormatException">The lengths of the rows contradict the schema.</exception>
    private static TableSchema Merge<TRow, TValue>(SavedFile source, RowCodec<TRow, TValue> codec)
    {
        var merged = Compatibility.Check(source.Info.Schema, new TableSchema(codec.KeySchema, codec.Values.Schema)).Merged;
        var (keyBytes, valueBytes) = (source.Header.KeyBytes, source.Header.ValueBytes);
        return keyBytes == codec.KeyFixedSize && valueBytes == codec.Values.FixedSize
            ? merged
            : throw new EtsFileFormatException(source.Path, PortableFormat.PreambleBytes,
                $"the header has keys of {keyBytes} and values of {valueBytes} bytes where its own schema makes them {codec.KeyFixedSize} and {codec.Values.FixedSize}");
    }

    private static bool IsOrdered(SavedFile source) => source.Header.Kind == TableKind.OrderedSet;
}
