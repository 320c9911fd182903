using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Steps;

namespace EtsPersist.Mmf.Manager;

/// <summary>What a manager is started with.</summary>
internal sealed record ManagerOptions
{
    public required InstanceDirectory Directory { get; init; }

    public ManagerConfiguration Configuration { get; init; } = ManagerConfiguration.Empty;

    /// <summary>The file that the configuration comes from, to be read again on request; null if it comes from none.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Where to send metrics, or null.</summary>
    public Uri? MetricsEndpoint { get; init; }

    /// <summary>Whether to wait where another manager runs already.</summary>
    public bool IsStandby { get; init; }

    /// <summary>Where to write events for programs, or null.</summary>
    public string? EventsPath { get; init; }

    /// <summary>Whether this manager only rehearses for another one, and is not to rehearse itself.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>The rule of the program that hosts the manager, or null.</summary>
    public IFindMeRule? Rule { get; init; }

    /// <summary>Told of each step, for tests that end the manager there.</summary>
    public Action<ManagerStep>? Reach { get; init; }

    public HandOverPolicy Policy { get; init; } = HandOverPolicy.Default;
}
