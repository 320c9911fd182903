namespace EtsPersist.Mmf.Native;

/// <summary>How a table file is made.</summary>
public sealed record TableFileOptions
{
    /// <summary>The default of <see cref="MaximumBytes"/>: 64 GiB.</summary>
    public const long DefaultMaximumBytes = 64L << 30;

    /// <summary>The kind of the table.</summary>
    /// <value>Default: <see cref="TableKind.Set"/>.</value>
    public TableKind Kind { get; init; } = TableKind.Set;

    /// <summary>Who may read and write.</summary>
    /// <value>Default: <see cref="TableAccess.Protected"/>.</value>
    public TableAccess Access { get; init; } = TableAccess.Protected;

    /// <summary>How far the file may grow. The file is sparse: the number costs address space, not memory.</summary>
    /// <value>Bytes, 16 MiB to 1 TiB. Default: 64 GiB. A file size limit of the process (RLIMIT_FSIZE) lowers it. Where the system maps no
    /// 64 GiB, the default is the half of it that it maps, or the half of that, down to 1 GiB; a number that was asked for is an error there.</value>
    public long MaximumBytes { get; init; } = DefaultMaximumBytes;

    /// <summary>Whether on Linux also the group of the file, which is that of its directory where the directory passes it on, may read and write it.</summary>
    /// <value>Default: false, and the file is for its user alone (mode 0600, else 0660).</value>
    public bool IsForGroup { get; init; }
}
