using System.Text.RegularExpressions;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary><c>etspersist status --watch</c> as a person sees it at a terminal.</summary>
[Collection(ProcessTests.Name)]
public sealed class LiveScreenTests : IDisposable
{
    private const string ControlC = "\u0003";
    private const string NotAccepted = " 02 +0 "; // in /proc/net/unix: the state of a connection that nobody has a descriptor of yet, and no file

    private readonly CommandShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [LinuxFact("a terminal of its own, by script(1)")]
    public void The_screen_follows_owners_workers_and_hand_offs_and_the_end_of_the_manager_until_Ctrl_C()
    {
        var manager = _shell.StartManager();
        var owner = _shell.StartWorker(manager);
        owner.WaitFor("0");
        var screen = StartScreen();
        RequireShown(screen, $"accounts +owned +{owner.Id} +billing");

        var next = _shell.StartWorker(manager);
        owner.Kill();
        RequireShown(screen, $"accounts +owned +{next.Id} +billing");
        RequireShown(screen, $"accounts +[a-zA-Z]+ +{owner.Id} +{next.Id} ");

        CommandShell.Signal(manager, Signals.Kill);
        RequireShown(screen, "No manager answers for instance");
        RequireEndsByControlC(screen);
    }

    [LinuxFact("a terminal of its own, by script(1), and processes that are stopped")]
    public void Ctrl_C_ends_the_screen_also_while_a_stopped_manager_owes_it_an_answer()
    {
        var manager = _shell.StartManager("exec etspersist run");
        var screen = StartScreen();
        RequireShown(screen, $"manager {manager.Id}, up");
        manager.Stop();
        RequireAsks(screen);
        RequireShown(screen, "The manager has not answered for [0-9]+ s");
        RequireEndsByControlC(screen);
        manager.Continue();
        CommandShell.End(manager);
    }

    [LinuxFact("processes that are stopped")]
    public void SIGTERM_ends_what_is_watched_by_a_program_also_while_a_stopped_manager_owes_it_an_answer()
    {
        var manager = _shell.StartManager("exec etspersist run");
        var watch = _shell.Start("exec etspersist status --watch");
        RequireShown(watch, $"manager {manager.Id}, up");
        manager.Stop();
        RequireAsks(watch);
        CommandShell.End(watch);
        manager.Continue();
        CommandShell.End(manager);
    }

    // Ctrl-C goes to all programs at the terminal, also to a shell that waits for its last command: so the shell becomes the screen.
    private PeerProcess StartScreen() =>
        _shell.Start("TERM=xterm script --quiet --return --command 'stty cols 160 rows 50; exec etspersist status --watch' /dev/null");

    private static void RequireShown(PeerProcess screen, string pattern) => Wait.Until(
        () => Regex.IsMatch(screen.Printed(), pattern),
        () => $"the screen to show '{pattern}'. {screen.Transcript()}");

    /// <summary>Waits until somebody has connected to the manager, which does not accept it.</summary>
    private void RequireAsks(PeerProcess screen)
    {
        var pipe = new InstanceDirectory(root: _shell.Instances).PipeName;
        Wait.Until(
            () => File.ReadLines("/proc/net/unix").Any(line => line.EndsWith(pipe, StringComparison.Ordinal) && Regex.IsMatch(line, NotAccepted)),
            () => $"the screen to ask the manager. {screen.Transcript()}");
    }

    private static void RequireEndsByControlC(PeerProcess screen)
    {
        screen.Say($"{ControlC}");
        Assert.True(screen.WaitForExit() == 0, screen.Transcript());
    }
}
