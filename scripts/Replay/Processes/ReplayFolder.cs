namespace EtsPersist.Mmf.Replay;

/// <summary>The directory of a run, in memory where there is such a place; it goes with the run.</summary>
internal sealed class ReplayFolder : IDisposable
{
    /// <summary>The instance that the run uses.</summary>
    public const string Instance = "replay";

    /// <summary>The role of its workers.</summary>
    public const string Role = "replay";

    /// <summary>Makes the directory.</summary>
    public ReplayFolder()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Root = Path.Combine(parent, $"etspersist-replay-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(Root);
    }

    /// <summary>The directory, which is also the manager's.</summary>
    public string Root { get; }

    /// <summary>What the manager reports.</summary>
    public string Events => Path.Combine(Root, "events");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
