namespace EtsPersist.Mmf;

/// <summary>What a portable file says about itself. ETS: <c>tabfile_info/1</c>.</summary>
public sealed record EtsFileInfo
{
    private readonly byte[] _schema;

    internal EtsFileInfo(Files.FileHeader header, long rows, long bytes)
    {
        _schema = header.Schema;
        Name = header.Name;
        Kind = header.Kind;
        Access = header.Access;
        MaximumBytes = header.MaximumBytes;
        SavedAt = header.SavedAt;
        Rows = rows;
        Bytes = bytes;
    }

    /// <summary>The name of the table that was saved.</summary>
    public string Name { get; }

    /// <summary>The table's kind.</summary>
    public TableKind Kind { get; }

    /// <summary>Who could read and write the table.</summary>
    public TableAccess Access { get; }

    /// <summary>How far the table could grow, in bytes.</summary>
    public long MaximumBytes { get; }

    /// <summary>When the saving began, in UTC.</summary>
    public DateTime SavedAt { get; }

    /// <summary>How many rows the file has.</summary>
    public long Rows { get; }

    /// <summary>The length of the file.</summary>
    public long Bytes { get; }

    /// <summary>What the rows are made of.</summary>
    /// <exception cref="TableSchemaException">The schema was written by a newer version of this library.</exception>
    public TableSchema Schema => TableSchema.Decode(_schema);
}
