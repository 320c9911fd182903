namespace EtsPersist.Mmf.Files;

/// <summary>Brings the schema of a file and a program's types together.</summary>
internal static class SavedSchema
{
    /// <summary>The schema of the table that the file becomes: as after the first owner of these types.</summary>
    /// <exception cref="TableSchemaException">The schemas do not fit; the message names both.</exception>
    /// <exception cref="EtsFileFormatException">The lengths of the rows contradict the schema.</exception>
    public static TableSchema Merge<TKey, TValue>(SavedFile source, string path)
    {
        var header = source.Header;
        var keys = header.Kind == TableKind.OrderedSet ? Codecs.ForOrderedKey<TKey>() : Codecs.ForKey<TKey>();
        var values = Codecs.ForValue<TValue>();
        var merged = Compatibility.Check(source.Info.Schema, TableSchema.Of(keys, values)).Merged;
        return header.KeyBytes == keys.FixedSize && header.ValueBytes == values.FixedSize
            ? merged
            : throw new EtsFileFormatException(path, PortableFormat.PreambleBytes,
                $"the header has keys of {header.KeyBytes} and values of {header.ValueBytes} bytes where its own schema makes them {keys.FixedSize} and {values.FixedSize}");
    }
}
