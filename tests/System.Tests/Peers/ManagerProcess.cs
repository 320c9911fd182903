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
    public static ManagerProcess Launch(string directory, params string[] options)
    {
        var events = Path.Combine(Path.GetDirectoryName(directory)!, $"events-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo(Command[0], [.. Command[1..], "run", "--dir", directory, "--events", events, .. options]);
        return new ManagerProcess(PeerProcess.StartWith(start), events);
    }

    /// <summary>Whether it has become the manager.</summary>
    public bool IsServing => HasHappened("serving", Process.Id);

    public void WaitUntilServing() => Process.WaitFor("ready");

    /// <summary>Waits until this manager has told of an event about a process.</summary>
    public void WaitForEvent(string name, int processId) =>
        Wait.Until(() => HasHappened(name, processId), () => $"the event '{name}' of process {processId}. {Process.Transcript()}");

    public void Kill() => Process.Kill();

    public void Dispose() => Process.Dispose();

    private bool HasHappened(string name, int processId)
    {
        if (!File.Exists(_events))
            return false;
        using var file = new StreamReader(new FileStream(_events, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (file.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("event").GetString() == name
                && json.RootElement.TryGetProperty("pid", out var pid) && pid.GetInt32() == processId)
                return true;
        }
        return false;
    }
}
