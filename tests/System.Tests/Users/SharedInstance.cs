using System.Diagnostics;
using EtsPersist.Mmf.System.Tests.HandOver;
using EtsPersist.Mmf.System.Tests.Peers;
using Executable = EtsPersist.Mmf.Harness.Processes.Executable;

namespace EtsPersist.Mmf.System.Tests.Users;

/// <summary>An instance of one user with workers, readers and commands of others, each of which names the group or does not.</summary>
internal sealed class SharedInstance : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;
    private const string Role = "billing";

    private readonly TemporaryFolder _folder = new();
    private readonly SharedCounters _counters;
    private readonly List<IDisposable> _processes = [];

    public SharedInstance()
    {
        _counters = SharedCounters.Create(Acknowledged);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_folder.ToString(), Everybody);
        File.SetUnixFileMode(Acknowledged, Everybody);
        CopyPrograms();
    }

    /// <summary>The directory of the instances.</summary>
    public string Root => _folder["i"];

    /// <summary>The directory of the instance.</summary>
    public InstanceDirectory Directory => new(root: Root, group: $"{OtherUser.Group}");

    private string Acknowledged => _folder["acknowledged"];

    private string Programs => _folder["programs"];

    /// <summary>Starts a manager for the group and waits until it serves.</summary>
    public ManagerProcess StartManager(params string[] options) => StartManager(OtherUser.Group, options);

    /// <summary>Starts a manager, for a group or for none, and waits until it serves.</summary>
    public ManagerProcess StartManager(uint? group, params string[] options)
    {
        var manager = Keep(ManagerProcess.LaunchWith(
            Root, arguments => Prepare(OtherUser.Owner, group, ["etspersist", .. arguments]), options));
        manager.WaitUntilServing();
        return manager;
    }

    /// <summary>A worker that has registered.</summary>
    public WorkerProcess StartWorker(OtherUser user, uint? group = OtherUser.Group)
    {
        var place = _processes.Count;
        var peer = StartPeer(user, group, "worker", place, "--role", Role, "--version", "1");
        var worker = Keep(new WorkerProcess(peer, _counters, place));
        peer.WaitFor("connected");
        return worker;
    }

    /// <summary>A worker that has registered and waits for the table behind others.</summary>
    public WorkerProcess StartWaitingWorker(OtherUser user, ManagerProcess manager)
    {
        var worker = StartWorker(user);
        manager.WaitForEvent("waiting", worker.Id);
        return worker;
    }

    public ReaderProcess StartReader(OtherUser user) =>
        Keep(new ReaderProcess(StartPeer(user, OtherUser.Group, "account-reader", ReaderProcess.Place), _counters));

    /// <summary>What a worker or a reader of a user fails with.</summary>
    public string FailureOf(OtherUser user, uint? group, string command)
    {
        using var peer = StartPeer(user, group, command, ReaderProcess.Place, command == "worker" ? ["--role", Role, "--version", "1"] : []);
        return peer.WaitFor("failed");
    }

    /// <summary>Runs <c>etspersist</c> as a user to its end.</summary>
    public (int ExitCode, string Printed) Run(OtherUser user, uint? group, params string[] arguments)
    {
        using var command = PeerProcess.StartWith(Prepare(user, group, ["etspersist", .. arguments, "--dir", Root]));
        return (command.WaitForExit(), command.Printed());
    }

    /// <summary>Runs a command line of a shell as a user, in the directory of the instance.</summary>
    public bool Succeeds(OtherUser user, string commandLine)
    {
        using var shell = PeerProcess.StartWith(user.Start("/bin/sh", "-c", $"cd {Directory.Path} && {commandLine}"));
        return shell.WaitForExit() == 0;
    }

    public void Dispose()
    {
        foreach (var process in _processes) process.Dispose();
        _counters.Dispose();
        _folder.Dispose();
    }

    private PeerProcess StartPeer(OtherUser user, uint? group, string command, int place, params string[] options) => PeerProcess.StartWith(Prepare(
        user,
        group,
        ["EtsPersist.Mmf.Peer", command, "--dir", Root, "--table", "accounts", "--counters", Acknowledged, "--place", $"{place}", .. options]));

    /// <summary>A program of this build and its arguments.</summary>
    private ProcessStartInfo Prepare(OtherUser user, uint? group, params string[] command)
    {
        var start = user.Start([Executable.Host, "exec", Path.Combine(Programs, command[0] + ".dll"), .. command[1..]]);
        start.Environment["HOME"] = _folder.ToString();
        if (group is not null) start.Environment[InstanceDirectory.GroupVariable] = $"{group}";
        return start;
    }

    /// <summary>To where other users may read them, whosever the build is.</summary>
    private void CopyPrograms()
    {
        global::System.IO.Directory.CreateDirectory(Programs);
        foreach (var file in global::System.IO.Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
            File.Copy(file, Path.Combine(Programs, Path.GetFileName(file)));
    }

    private TProcess Keep<TProcess>(TProcess process) where TProcess : IDisposable
    {
        _processes.Add(process);
        return process;
    }
}
