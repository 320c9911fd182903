namespace EtsPersist.Mmf;

/// <summary>How a process opens a table that it does not own.</summary>
public sealed record EtsOpenOptions
{
    /// <summary>The options as they are without any change.</summary>
    public static EtsOpenOptions Default { get; } = new();

    /// <summary>The instance whose table it is.</summary>
    /// <value>A name as of tables. Default: <c>default</c>.</value>
    public string Instance { get; init; } = InstanceDirectory.DefaultInstance;

    /// <summary>The directory that holds the instances, where it is not the system's default place.</summary>
    /// <value>A path, or null (default) for what the variable <c>ETSPERSIST_DIR</c> says, else for <c>/dev/shm/etspersist-UID</c> on Linux and <c>%LOCALAPPDATA%\EtsPersist</c> on Windows.</value>
    public string? Directory { get; init; }

    /// <summary>Linux: the group whose members may use the instance; the instance may then be another user's.</summary>
    /// <value>A group's name or number, or null (default) for what the variable <c>ETSPERSIST_GROUP</c> says, else for none: only its own user uses it.</value>
    public string? Group { get; init; }

    /// <summary>How long a write to a public table waits for a living process that holds what it needs, before it throws <see cref="TableBusyException"/>.</summary>
    /// <value>1 ms to 1 hour. Default: 10 seconds. A dead holder is never waited for.</value>
    public TimeSpan WriterWait { get; init; } = TimeSpan.FromSeconds(10);
}
