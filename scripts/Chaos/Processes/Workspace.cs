namespace EtsPersist.Mmf.Chaos;

/// <summary>The directory of a run: the instance, the text where it was made up, the workers' journals and the managers' events.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The instance that the run uses.</summary>
    public const string Instance = "chaos";

    /// <summary>The table that the run uses.</summary>
    public const string Table = "words";

    private readonly bool _temporary;

    /// <summary>Makes the directory ready.</summary>
    public Workspace(ChaosOptions options)
    {
        _temporary = options.Directory is null;
        Root = options.Directory ?? Path.Combine(TemporaryRoot, $"etspersist-chaos-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        if (Directory.Exists(Path.Combine(Root, Instance)))
            throw new UsageException($"--dir: {Root} holds the tables of an earlier run; remove it or name another directory.");
        Directory.CreateDirectory(Path.Combine(Root, "records"));
        try
        {
            Input = options.Input ?? DefaultText.Write(Path.Combine(Root, "records", "text"));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The directory, which is also the manager's.</summary>
    public string Root { get; }

    /// <summary>The text.</summary>
    public string Input { get; }

    /// <summary>The folder of the instance.</summary>
    public string InstancePath => Path.Combine(Root, Instance);

    private static string TemporaryRoot => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Who may write the table: everyone only where a saboteur is to break into it.</summary>
    public static TableAccess AccessFor(SabotageKind sabotage) =>
        sabotage == SabotageKind.DoubleOwners ? TableAccess.Public : TableAccess.Protected;

    /// <summary>The journal of a worker.</summary>
    public string JournalOf(int worker) => Path.Combine(Root, "records", $"worker-{worker}");

    /// <summary>The events of a manager.</summary>
    public string EventsOf(int manager) => Path.Combine(Root, "records", $"manager-{manager}");

    /// <summary>Removes the directory where it is temporary.</summary>
    public void Dispose()
    {
        if (_temporary && Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }
}
