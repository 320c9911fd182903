using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary>Long work shows a person at a terminal that it goes on, and nothing to programs.</summary>
[Collection(ProcessTests.Name)]
public sealed class ProgressTests : IDisposable
{
    private readonly CommandShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [LinuxFact("a terminal of its own, by script(1)")]
    public void Verify_save_and_load_show_their_progress_on_a_terminal_alone()
    {
        var manager = _shell.StartManager();
        _shell.StartWorker(manager).WaitFor("0");
        RequireProgress("Verifying accounts", number => "etspersist verify accounts");
        RequireProgress("Saving", number => $"etspersist save accounts {number}.etsfile");
        RequireProgress("Loading", number => $"etspersist load 1.etsfile --role billing --name restored-{number}");
        CommandShell.End(manager);
    }

    /// <summary>Runs a command on a terminal, on one for a program, and without one; each time under another number.</summary>
    private void RequireProgress(string shown, Func<int, string> command)
    {
        Assert.Matches($"{shown} .*100%", RunOnTerminal(command(1)));
        Assert.DoesNotContain(shown, RunOnTerminal(command(2) + " --json"), StringComparison.Ordinal);
        var (exitCode, printed) = _shell.Run(command(3));
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(shown, printed, StringComparison.Ordinal);
    }

    private string RunOnTerminal(string command)
    {
        var (exitCode, printed) = _shell.Run($"TERM=xterm script --quiet --return --command '{command}' /dev/null");
        Assert.True(exitCode == 0, printed);
        return printed;
    }
}
