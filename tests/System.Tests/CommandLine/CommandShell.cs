using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary>A shell in a folder of its own, where <c>etspersist</c> and the workers of the sample find a fresh directory.</summary>
internal sealed class CommandShell : IDisposable
{
    // As a person's shell leaves them. What is started in the background of a script, or by nohup, ignores some, and so do all its children.
    private const string OwnSignals = "--default-signal=HUP,INT,QUIT";

    private static readonly string Sample = typeof(Accounts.Account).Assembly.Location;

    private readonly TemporaryFolder _folder = new();
    private readonly List<PeerProcess> _processes = [];

    /// <summary>The path of a file in the shell's folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>The directory of the instances.</summary>
    public string Instances => _folder["instances"];

    /// <summary>Starts a command line as it stands.</summary>
    /// <param name="commandLine">What a person would type.</param>
    /// <param name="variables">Variables of its environment beside those of this process.</param>
    public PeerProcess Start(string commandLine, params (string Name, string Value)[] variables) =>
        Start(new ProcessStartInfo("env", [OwnSignals, "/bin/sh", "-c", commandLine]), variables);

    /// <summary>Starts a command line and waits until it has said that its manager serves.</summary>
    public PeerProcess StartManager(string commandLine = "etspersist run", params (string Name, string Value)[] variables)
    {
        var manager = Start(commandLine, variables);
        manager.WaitFor("ready");
        return manager;
    }

    /// <summary>Runs a command line to its end.</summary>
    public (int ExitCode, string Printed) Run(string commandLine)
    {
        var process = Start(commandLine);
        return (process.WaitForExit(), process.Printed());
    }

    /// <summary>Sends a signal to the program of a command line, which its shell waits for.</summary>
    public static void Signal(PeerProcess process, int signal)
    {
        var children = File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children");
        Signals.Send(children.Length == 0 ? process.Id : int.Parse(children, CultureInfo.InvariantCulture), signal);
    }

    /// <summary>Ends the program of a command line by SIGTERM; that must be no failure.</summary>
    public static void End(PeerProcess process)
    {
        Signal(process, Signals.Terminate);
        Assert.True(process.WaitForExit() == 0, process.Transcript());
    }

    /// <summary>Starts the sample's worker and waits until the manager has registered it.</summary>
    public PeerProcess StartWorker(PeerProcess manager)
    {
        var worker = Start(new ProcessStartInfo("dotnet", ["exec", Sample]), []);
        Wait.Until(
            () => manager.Printed().Contains($"Process {worker.Id} registered as billing", StringComparison.Ordinal) || worker.HasExited,
            () => $"the worker to be registered. {worker.Transcript()}\n{manager.Transcript()}");
        Assert.False(worker.HasExited, worker.Transcript());
        return worker;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) Signal(process, Signals.Kill); // a shell that is killed leaves its program behind
            process.Dispose();
        }
        _folder.Dispose();
    }

    private PeerProcess Start(ProcessStartInfo start, (string Name, string Value)[] variables)
    {
        start.WorkingDirectory = _folder.ToString();
        start.Environment["PATH"] = AppContext.BaseDirectory + Path.PathSeparator + start.Environment["PATH"];
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment[InstanceDirectory.DirectoryVariable] = Instances;
        foreach (var (name, value) in variables) start.Environment[name] = value;
        var process = PeerProcess.StartWith(start);
        _processes.Add(process);
        return process;
    }
}
