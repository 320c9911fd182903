using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary><c>etspersist status --watch</c> as a person sees it at a terminal.</summary>
[Collection(ProcessTests.Name)]
public sealed class LiveScreenTests : IDisposable
{
    private const string ControlC = "\u0003";

    private readonly CommandShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [LinuxFact("a terminal of its own, by script(1)")]
    public void The_screen_follows_owners_workers_and_hand_offs_and_the_end_of_the_manager_until_Ctrl_C()
    {
        var manager = _shell.StartManager();
        var owner = _shell.StartWorker(manager);
        owner.WaitFor("0");
        var screen = _shell.Start("TERM=xterm script --quiet --return --command 'stty cols 160 rows 50; etspersist status --watch' /dev/null");
        RequireShown(screen, $"accounts +owned +{owner.Id} +billing");

        var next = _shell.StartWorker(manager);
        owner.Kill();
        RequireShown(screen, $"accounts +owned +{next.Id} +billing");
        RequireShown(screen, $"accounts +[a-zA-Z]+ +{owner.Id} +{next.Id} ");

        CommandShell.Signal(manager, Signals.Kill);
        RequireShown(screen, "No manager answers for instance");
        screen.Say($"{ControlC}");
        Assert.True(screen.WaitForExit() == 0, screen.Transcript());
    }

    private static void RequireShown(PeerProcess screen, string pattern) => Wait.Until(
        () => global::System.Text.RegularExpressions.Regex.IsMatch(screen.Printed(), pattern),
        () => $"the screen to show '{pattern}'. {screen.Transcript()}");
}
