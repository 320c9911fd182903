namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>What a configuration file asks for.</summary>
internal sealed record ManagerConfiguration
{
    public static ManagerConfiguration Empty { get; } = new();

    /// <summary>The tables in the order of the file; their names differ, ignoring case.</summary>
    public IReadOnlyList<TableDefinition> Tables { get; init; } = [];

    /// <summary>What is done about owners that die on arrival, where a table says nothing of its own.</summary>
    public ArrivalLimits Arrivals { get; init; } = ArrivalLimits.Default;

    /// <summary>How long owners may be silent.</summary>
    public SilenceLimit Silence { get; init; } = SilenceLimit.None;
}
