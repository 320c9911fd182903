using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Hosting;

/// <summary>
/// A manager in the program that starts it, as <c>etspersist run</c> is one in a process of its own. Prefer that one where you can: what ends the program
/// ends the manager, and hand-overs wait for the next.
/// </summary>
/// <remarks>
/// Threads: any. Lifetime: until disposal, which leaves tables with their owners. Failure: everything that matters is in the files of the instance; killed
/// at any moment, the next manager goes on.
/// </remarks>
/// <example>
/// <code>
/// await using var manager = await EtsManager.StartAsync(new EtsManagerOptions { Rule = new NearestWorker() });
/// </code>
/// </example>
public sealed class EtsManager : IAsyncDisposable
{
    private static readonly TimeSpan MostTimeLimit = TimeSpan.FromMinutes(1);
    private readonly TableManager _manager;

    private EtsManager(TableManager manager) => _manager = manager;

    /// <summary>Takes the instance's lock, adopts its tables, creates those of the configuration, and serves.</summary>
    /// <param name="options">What to start with; null for <see cref="EtsManagerOptions.Default"/>.</param>
    /// <param name="cancellationToken">Gives up waiting as a standby.</param>
    /// <exception cref="ManagerRunningException">Another manager runs for the instance, and this is no standby.</exception>
    /// <exception cref="ConfigurationException">The configuration is wrong; the message names line and column.</exception>
    /// <exception cref="InstanceDirectoryException">The directory cannot be used.</exception>
    public static async Task<EtsManager> StartAsync(EtsManagerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= EtsManagerOptions.Default;
        if (options.RuleTimeLimit < TimeSpan.FromMilliseconds(1) || options.RuleTimeLimit > MostTimeLimit)
            throw new ArgumentOutOfRangeException(nameof(options), options.RuleTimeLimit, "RuleTimeLimit is 1 ms to 1 minute.");
        var manager = new TableManager(ToManagerOptions(options), options.Logger);
        try
        {
            await manager.StartAsync(cancellationToken).ConfigureAwait(false);
            return new EtsManager(manager);
        }
        catch
        {
            await manager.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops to serve. Owners keep their tables.</summary>
    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    private static ManagerOptions ToManagerOptions(EtsManagerOptions options) => new()
    {
        Directory = new InstanceDirectory(options.Instance, options.Directory, options.Group),
        Configuration = options.ConfigurationPath is { } path ? ConfigurationParser.ParseFile(path) : ManagerConfiguration.Empty,
        ConfigurationPath = options.ConfigurationPath,
        IsStandby = options.IsStandby,
        Rule = options.Rule,
        Policy = HandOverPolicy.Default with { RuleTimeLimit = options.RuleTimeLimit },
    };
}
