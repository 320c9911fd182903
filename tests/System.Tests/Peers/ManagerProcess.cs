using System.Diagnostics;
using System.Text.Json;
using EtsPersist.Mmf.Harness.Processes;

namespace EtsPersist.Mmf.System.Tests.Peers;

/// <summary>The program <c>etspersist run</c> in a process of its own, and the events that it writes for programs.</summary>
internal sealed class ManagerProcess : IDisposable
{
    private static readonly string[] Command = Executable.CommandOf("etspersist");

    private readonly string _events;

    private ManagerProcess(PeerProcess process, string events)
    {
        Process = process;
        _events = events;
    }

    public PeerProcess Process { get; }

    /// <summary>Starts a manager on a directory and waits until it serves.</summary>
    public static ManagerProcess Start(string directory)
    {
        var manager = Launch(directory);
        manager.WaitUntilServing();
        return manager;
    }

    /// <summary>Starts a manager that waits, or ends because another one runs.</summary>
    public static ManagerProcess Launch(string directory, params string[] options) =>
        LaunchWith(directory, arguments => new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments]), options);

    /// <summary>The same, by whatever runs the program with arguments.</summary>
    public static ManagerProcess LaunchWith(string directory, Func<string[], ProcessStartInfo> prepare, params string[] options)
    {
        var events = Path.Combine(Path.GetDirectoryName(directory)!, $"events-{Guid.NewGuid():N}");
        return new ManagerProcess(PeerProcess.StartWith(prepare(["run", "--dir", directory, "--events", events, .. options])), events);
    }

    /// <summary>Whether it has become the manager.</summary>
    public bool IsServing => HasHappened("serving", Process.Id);

    public void WaitUntilServing() => Process.WaitFor("ready");

    /// <summary>Waits until this manager has told of an event about a process.</summary>
    public void WaitForEvent(string name, int processId) =>
        Wait.Until(() => HasHappened(name, processId), () => $"the event '{name}' of process {processId}. {Process.Transcript()}");

    public void Kill() => Process.Kill();

    public void Dispose() => Process.Dispose();

    /// <summary>Waits until this manager has told so often of an event about a process, and answers of which tables, in the order of the events.</summary>
    public IReadOnlyList<string> WaitForEvents(string name, int processId, int count)
    {
        Wait.Until(() => TablesOf(name, processId).Count() >= count, () => $"{count} events '{name}' of process {processId}. {Process.Transcript()}");
        return [.. TablesOf(name, processId)];
    }

    private bool HasHappened(string name, int processId) => TablesOf(name, processId).Any();

    /// <summary>For each event of a process, its table, or nothing where it is about none.</summary>
    private IEnumerable<string> TablesOf(string name, int processId)
    {
        if (!File.Exists(_events))
            yield break;
        using var file = new StreamReader(new FileStream(_events, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (file.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var happened = json.RootElement;
            if (happened.GetProperty("event").GetString() == name && happened.TryGetProperty("pid", out var pid) && pid.GetInt32() == processId)
                yield return happened.TryGetProperty("table", out var table) ? table.GetString()! : "";
        }
    }
}
