using System.Text.RegularExpressions;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.CommandLine;

/// <summary>
/// Runs the examples of all help texts as they stand there, one after the other, through a shell: with workers of <c>samples/Accounts</c> and
/// the configuration of the README.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class HelpExamplesTests : IDisposable
{
    private const string Serves = "^ready instance=";
    private const string StandsBy = "Standing by";
    private const string Watches = "^Instance default: manager";

    /// <summary>What each prints; those that serve, stand by or watch go on until a signal ends them.</summary>
    private static readonly Dictionary<string, string> Prints = new()
    {
        ["etspersist run"] = Serves + "default ",
        ["etspersist run --instance shop --config shop.json"] = Serves + "shop ",
        ["etspersist run --instance shop --standby"] = StandsBy,
        ["etspersist status"] = "^accounts +owned +[0-9]+ +billing ",
        ["etspersist status --watch"] = Watches,
        ["etspersist status --json"] = "^{\"instance\":\"default\",.*\"table\":\"accounts\"",
        ["etspersist tables"] = "^accounts +set +protected +owned ",
        ["etspersist tables --json"] = "^{\"tables\":\\[{\"table\":\"accounts\"",
        ["etspersist show accounts"] = "^bob\t{\"Balance\":30}$",
        ["etspersist show accounts --limit 10"] = "^alice\t{\"Balance\":70}$",
        ["etspersist show accounts --limit 2 --from alice"] = "^alice\t{\"Balance\":70}$",
        ["etspersist show accounts --limit 0 --json"] = "^{\"key\":\"bob\",\"value\":{\"Balance\":30}}$",
        ["etspersist get accounts alice"] = "^alice\t{\"Balance\":70}$",
        ["etspersist get accounts alice --json"] = "^{\"key\":\"alice\",\"value\":{\"Balance\":70}}$",
        ["etspersist verify accounts"] = "^accounts: sound, 2 rows$",
        ["etspersist verify accounts --json"] = "\"sound\":true",
        ["etspersist save accounts accounts.etsfile"] = "^accounts: 2 rows saved, ",
        ["etspersist load accounts.etsfile --role billing --name restored"] = "^restored: 2 rows loaded, ",
        ["etspersist who accounts"] = "^ *[0-9]+ +owner +yes ",
        ["etspersist who accounts --json"] = "\"use\":\"owner\",\"alive\":true",
        ["etspersist workers"] = "^ *#[0-9]+ +[0-9]+ +billing ",
        ["etspersist workers --json"] = "^{\"workers\":\\[{\"id\":[0-9]+,\"pid\":[0-9]+,\"role\":\"billing\"",
        ["etspersist health"] = "^All is well\\.$",
        ["etspersist health --json"] = "^{\"healthy\":true,",
        ["etspersist give accounts billing"] = "^accounts: owned by process [0-9]+, epoch 2; before by process [0-9]+, epoch 1$",
        ["etspersist release accounts"] = "^accounts: unowned, ",
        ["etspersist end-quarantine accounts"] = "^accounts: not in quarantine$",
        ["etspersist rename restored archive"] = "^archive: renamed$",
        ["etspersist drop archive"] = "^archive: dropped$",
        ["etspersist drop accounts --force"] = "^accounts: dropped$",
        ["etspersist config check shop.json"] = "^accounts +set +protected +64 GiB +billing +oldest ",
    };

    private readonly CommandShell _shell = new();
    private readonly List<(string Example, PeerProcess Process)> _lasting = [];
    private readonly HashSet<string> _run = [];

    public void Dispose() => _shell.Dispose();

    [LinuxFact("the shell of the examples")]
    public void The_help_tells_a_story_that_can_be_followed()
    {
        RunAll(HelpOf("etspersist").Examples);
        EndManagers();
    }

    [LinuxFact("the shell of the examples")]
    public void The_examples_of_all_commands_can_be_run_one_after_the_other()
    {
        File.WriteAllText(_shell["shop.json"], ReadmeConfiguration());
        RunAll(HelpOf("etspersist").Commands.SelectMany(command => ExamplesOf($"etspersist {command}")));
        Assert.Empty(Prints.Keys.Except(_run).Except(HelpOf("etspersist").Examples));
        EndManagers();
    }

    private string[] ExamplesOf(string command)
    {
        var help = HelpOf(command);
        var examples = help.Examples.Concat(help.Commands.SelectMany(below => ExamplesOf($"{command} {below}"))).ToArray();
        Assert.True(examples.Length > 0, $"{command} has no examples.");
        return examples;
    }

    private HelpText HelpOf(string command)
    {
        var (exitCode, printed) = _shell.Run($"{command} --help");
        Assert.Equal(0, exitCode);
        return new HelpText(printed);
    }

    private void RunAll(IEnumerable<string> examples)
    {
        foreach (var example in examples)
        {
            Assert.True(Prints.TryGetValue(example, out var expected), $"Nobody says what '{example}' prints.");
            _run.Add(example);
            if (expected.StartsWith(Serves, StringComparison.Ordinal) || expected is StandsBy or Watches) RunUntilTold(example, expected);
            else RunToEnd(example, expected);
        }
    }

    private void RunToEnd(string example, string expected)
    {
        var (exitCode, printed) = _shell.Run(example);
        Assert.True(exitCode == 0, $"'{example}' ended with exit code {exitCode}:\n{printed}");
        Assert.True(IsPrinted(expected, printed), $"'{example}' does not print '{expected}' but:\n{printed}");
    }

    /// <summary>One that goes on is given what it waits for: a manager its workers, what only watches its end.</summary>
    private void RunUntilTold(string example, string expected)
    {
        var process = _shell.Start(example);
        Wait.Until(
            () => IsPrinted(expected, process.Printed()) || process.HasExited,
            () => $"'{example}' to print '{expected}'. {process.Transcript()}");
        Assert.False(process.HasExited, process.Transcript());
        if (expected == Watches) CommandShell.End(process);
        else _lasting.Add((example, process));
        if (example != "etspersist run") return;
        _shell.StartWorker(process).WaitFor("0");
        _shell.StartWorker(process);
    }

    private void EndManagers()
    {
        foreach (var (example, process) in _lasting)
        {
            if (Prints[example] == StandsBy) process.WaitFor("ready"); // the manager before it has just ended
            CommandShell.End(process);
        }
    }

    private static bool IsPrinted(string pattern, string printed) => Regex.IsMatch(printed, pattern, RegexOptions.Multiline);

    /// <summary>The JSON that the README shows.</summary>
    private static string ReadmeConfiguration()
    {
        var readme = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "README.md"));
        return readme.Split("```json\n")[1].Split("```")[0];
    }
}
