using EtsPersist.Mmf.Manager.Choosing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtsPersist.Mmf.Manager.Hosting;

/// <summary>What a manager is started with that a program hosts.</summary>
public sealed record EtsManagerOptions
{
    /// <summary>The options as they are without any change.</summary>
    public static EtsManagerOptions Default { get; } = new();

    /// <summary>The instance to be the manager of.</summary>
    /// <value>A name as of tables. Default: <c>default</c>.</value>
    public string Instance { get; init; } = InstanceDirectory.DefaultInstance;

    /// <summary>The directory that holds the instances, where it is not the system's default place.</summary>
    /// <value>A path, or null (default) for what the variable <c>ETSPERSIST_DIR</c> says, else for <c>/dev/shm/etspersist-UID</c> on Linux and <c>%LOCALAPPDATA%\EtsPersist</c> on Windows.</value>
    public string? Directory { get; init; }

    /// <summary>Linux: the group whose members may use the instance, as workers and readers, beside this user; this user is in it.</summary>
    /// <value>A group's name or number, or null (default) for what the variable <c>ETSPERSIST_GROUP</c> says, else for none: only its own user uses it.</value>
    public string? Group { get; init; }

    /// <summary>A configuration file as of <c>etspersist run --config</c>.</summary>
    /// <value>A path, or null (default) for none: workers create the tables.</value>
    public string? ConfigurationPath { get; init; }

    /// <summary>Whether to wait where another manager runs, and to follow it.</summary>
    /// <value>Default: false, which is an error then.</value>
    public bool IsStandby { get; init; }

    /// <summary>A rule that names the next owner of every table that has no command of its own.</summary>
    /// <value>Default: null, and each table's own rule counts.</value>
    public IFindMeRule? Rule { get; init; }

    /// <summary>How long the rule may take.</summary>
    /// <value>1 ms to 1 minute. Default: 1 second.</value>
    public TimeSpan RuleTimeLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the log goes.</summary>
    /// <value>Default: nowhere.</value>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
