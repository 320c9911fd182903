namespace EtsPersist.Mmf;

/// <summary>How a table is saved to a portable file. ETS: the options of <c>tab2file/3</c>.</summary>
public sealed record EtsSaveOptions
{
    /// <summary>The options as they are without any change.</summary>
    public static EtsSaveOptions Default { get; } = new();

    /// <summary>Whether a file that is at the path already is replaced, at one instant, once the new one is whole.</summary>
    /// <value>Default: true. With false an existing file is refused and stays.</value>
    public bool ReplaceExisting { get; init; } = true;

    /// <summary>Whether the file is on the disk, and would survive a power failure, when the call completes. ETS: <c>{sync, true}</c>.</summary>
    /// <value>Default: true. With false a power failure soon afterwards may leave a damaged file, which loading refuses.</value>
    public bool Sync { get; init; } = true;

    /// <summary>How many bytes of rows make a block.</summary>
    internal int BlockBytes { get; init; } = Files.PortableFormat.BlockBytes;
}
