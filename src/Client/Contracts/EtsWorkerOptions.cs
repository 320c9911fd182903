namespace EtsPersist.Mmf;

/// <summary>How a worker finds its manager and registers.</summary>
public sealed record EtsWorkerOptions
{
    /// <summary>The options as they are without any change.</summary>
    public static EtsWorkerOptions Default { get; } = new();

    /// <summary>The instance: one manager with its directory of tables.</summary>
    /// <value>A name as of tables. Default: <c>default</c>.</value>
    public string Instance { get; init; } = InstanceDirectory.DefaultInstance;

    /// <summary>The directory that holds the instances, where it is not the system's default place.</summary>
    /// <value>A path, or null (default) for what the variable <c>ETSPERSIST_DIR</c> says, else for <c>/dev/shm/etspersist-UID</c> on Linux and <c>%LOCALAPPDATA%\EtsPersist</c> on Windows.</value>
    public string? Directory { get; init; }

    /// <summary>Linux: the group whose members may use the instance; the instance may then be another user's.</summary>
    /// <value>A group's name or number, or null (default) for what the variable <c>ETSPERSIST_GROUP</c> says, else for none: only its own user uses it.</value>
    public string? Group { get; init; }

    /// <summary>The worker's rank for the find-me rules that look at it; <c>oldest</c> does not.</summary>
    /// <value>Higher comes first. Default: 0.</value>
    public int Priority { get; init; }

    /// <summary>How long <see cref="EtsWorker.ConnectAsync"/> looks for a manager before it throws <see cref="ManagerNotRunningException"/>.</summary>
    /// <value>0 (one attempt) to 1 day. Default: 1 second. A session that is established reconnects for ever.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts to reach a manager that went away.</summary>
    /// <value>10 ms to 1 hour. Default: 500 ms. The first attempts follow each other faster.</value>
    public TimeSpan MaximumReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    internal void RequireValid()
    {
        Names.RequireValid("instance", Instance);
        if (ConnectTimeout < TimeSpan.Zero || ConnectTimeout > TimeSpan.FromDays(1))
            throw new ArgumentOutOfRangeException(nameof(ConnectTimeout), ConnectTimeout, "ConnectTimeout is 0 to 1 day.");
        if (MaximumReconnectDelay < TimeSpan.FromMilliseconds(10) || MaximumReconnectDelay > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(MaximumReconnectDelay), MaximumReconnectDelay, "MaximumReconnectDelay is 10 ms to 1 hour.");
    }
}
