namespace EtsPersist.Mmf.Soak;

/// <summary>The directory of a run: the instance, the tables of the rounds, and what processes record beside them.</summary>
internal sealed class SoakFolder : IDisposable
{
    /// <summary>The instance that the run uses.</summary>
    public const string Instance = "soak";

    private readonly bool _temporary;

    /// <summary>Makes the directory ready.</summary>
    public SoakFolder(SoakOptions options)
    {
        _temporary = options.Directory is null;
        Root = options.Directory ?? Path.Combine(TemporaryRoot, $"etspersist-soak-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        if (Directory.Exists(Records)) throw new UsageException($"--dir: {Root} holds an earlier run; remove it or name another directory.");
        Directory.CreateDirectory(Records);
        Counters = SharedCounters.Create(CountersPath);
    }

    /// <summary>The directory, which is also the manager's.</summary>
    public string Root { get; }

    /// <summary>What processes record beside the tables.</summary>
    public string Records => Path.Combine(Root, "records");

    /// <summary>The numbers beside the tables.</summary>
    public SharedCounters Counters { get; }

    /// <summary>Their file.</summary>
    public string CountersPath => Path.Combine(Records, "counters");

    /// <summary>The folder of the instance.</summary>
    public string InstancePath => Path.Combine(Root, Instance);

    private static string TemporaryRoot => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>A file of its own for some process.</summary>
    public string Record(string kind, long number) => Path.Combine(Records, $"{kind}-{number}");

    /// <inheritdoc/>
    public void Dispose()
    {
        Counters.Dispose();
        if (_temporary) Directory.Delete(Root, recursive: true);
    }
}
