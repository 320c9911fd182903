using EtsPersist.Mmf.Harness.Records;

namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>A manager, serving or standing by.</summary>
internal sealed class ManagerProcess : ChildProcess
{
    private readonly LineTail _events;
    private readonly Dictionary<int, long> _deaths = [];
    private readonly HashSet<int> _waiting = [];

    /// <summary>Starts a manager of an instance, which writes its events to a file.</summary>
    public ManagerProcess(string name, string root, string instance, string events, bool standby)
        : base(name, "etspersist", ["run", "--instance", instance, "--dir", root, "--events", events, .. standby ? ["--standby"] : Array.Empty<string>()]) =>
        _events = new LineTail(events);

    /// <summary>Since when it serves, or null.</summary>
    public long? ServingSince { get; private set; }

    /// <summary>Whether it has said that it stands by.</summary>
    public bool StandsBy { get; private set; }

    /// <summary>How many events it has reported.</summary>
    public long Events { get; private set; }

    /// <summary>Reads what it has reported since the last call.</summary>
    public void Observe()
    {
        foreach (var line in _events.ReadNew())
        {
            if (!ManagerEvent.TryParse(line, out var parsed)) continue;
            Events++;
            if (parsed.Kind == "serving") ServingSince ??= parsed.Nanoseconds;
            if (parsed.Kind == "standingBy") StandsBy = true;
            if (parsed.Kind == "waiting") _waiting.Add(parsed.ProcessId);
            if (parsed.Kind == "died") _deaths.TryAdd(parsed.ProcessId, parsed.Nanoseconds);
        }
    }

    /// <summary>Whether the worker waits here for the table.</summary>
    public bool Knows(int worker) => _waiting.Contains(worker);

    /// <summary>When this manager was told of the death, or null.</summary>
    public long? DeathOf(int worker) => _deaths.TryGetValue(worker, out var nanoseconds) ? nanoseconds : null;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _events.Dispose();
    }
}
