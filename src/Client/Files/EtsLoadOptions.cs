namespace EtsPersist.Mmf;

/// <summary>How a portable file becomes a table. Kind, access and rows are the file's. ETS: the options of <c>file2tab/2</c>.</summary>
public sealed record EtsLoadOptions
{
    /// <summary>The options as they are without any change.</summary>
    public static EtsLoadOptions Default { get; } = new();

    /// <summary>The name of the new table.</summary>
    /// <value>A table's name, or null (default) for the name that was saved.</value>
    public string? Name { get; init; }

    /// <summary>How far the new table may grow.</summary>
    /// <value>Bytes, 16 MiB to 1 TiB, or null (default) for what the saved table had.</value>
    public long? MaximumBytes { get; init; }

    /// <summary>Bytes that travel with each transfer of the new table; those of the saved table were not saved.</summary>
    /// <value>Up to 64 KiB. Default: empty.</value>
    public ReadOnlyMemory<byte> GiftData { get; init; }

    /// <summary>Before the file is read.</summary>
    internal void RequireValid()
    {
        if (Name is not null) Names.RequireValid("table", Name);
        new EtsTableOptions { MaximumBytes = MaximumBytes ?? EtsTableOptions.Default.MaximumBytes, GiftData = GiftData }.RequireValid();
    }
}
