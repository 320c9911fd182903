using EtsPersist.Mmf.Manager.Choosing;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Tests.HandOver;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>
/// What breaks Kazoo's manager, one test for each of its measured failures that needs no process to be killed; those that do are in the tests of the
/// whole system, under the same name.
/// </summary>
public sealed class KazooFailureTests
{
    private static readonly TimeSpan Patience = RunningManager.Patience;

    [Fact]
    public async Task Find_me_returns_a_process_that_is_not_there()
    {
        var asked = 0;
        await HandOverByRuleAsync(new FunctionRule(_ => new EtsSuccessor(int.MaxValue - Interlocked.Increment(ref asked))));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Find_me_throws()
    {
        var asked = 0;
        await HandOverByRuleAsync(new FunctionRule(_ => throw new InvalidOperationException($"{Interlocked.Increment(ref asked)}")));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Find_me_returns_undefined()
    {
        var asked = 0;
        var policy = HandOverPolicy.Default with { RulePause = TimeSpan.FromMilliseconds(10) };
        await HandOverByRuleAsync(new FunctionRule(request => Interlocked.Increment(ref asked) < 4 ? null : new EtsSuccessor(request.Candidates[0].ProcessId)), policy);
        Assert.Equal(4, asked);
    }

    [Theory]
    [InlineData("echo restarting")]
    [InlineData("exit 3")]
    [InlineData("echo 0")]
    [InlineData("sleep 100")]
    public async Task Find_me_command_returns_restarting_or_fails_or_hangs(string script)
    {
        var limit = script == "sleep 100" ? 50 : 20_000;
        if (OperatingSystem.IsWindows()) script = $"findstr x > nul & {script.Replace("sleep 100", "for /L %i in (1,0,2) do @rem", StringComparison.Ordinal)}";
        else script = $"cat > /dev/null; {script}";
        await HandOverByCommandAsync(script, limit);
    }

    [LinuxFact("a shell")]
    public async Task Find_me_command_is_asked_with_the_candidates_and_obeyed()
    {
        var folder = RunningManager.NewRoot();
        Directory.CreateDirectory(folder);
        try
        {
            await HandOverByCommandAsync($"cat > {folder}/question; echo {Environment.ProcessId}", limitMilliseconds: 20_000);
            using var question = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync($"{folder}/question"));
            Assert.Equal("accounts", question.RootElement.GetProperty("table").GetString());
            Assert.Equal("created", question.RootElement.GetProperty("reason").GetString());
            Assert.Equal(Environment.ProcessId, question.RootElement.GetProperty("candidates")[0].GetProperty("pid").GetInt32());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Worker_deletes_the_table_and_it_is_made_again()
    {
        await using var manager = await RunningManager.StartAsync("""{"tables":[{"id":"accounts","findMe":{"role":"billing"},"recreate":true,"giftData":7}]}""");
        await using var first = await manager.ConnectAsync();
        await using var second = await manager.ConnectAsync();
        await using var table = await first.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        table.Insert("alice", 100);
        var waiting = second.OwnAsync<string, long>("accounts");
        await first.DropAsync("accounts").WaitAsync(Patience);
        await using var again = await waiting.WaitAsync(Patience);
        Assert.Equal((0, TransferReason.Created, "7"), (again.Count, again.Transfer!.Reason, System.Text.Encoding.UTF8.GetString(again.Transfer.GiftData.Span)));
    }

    [Fact]
    public async Task Readers_right_after_the_start()
    {
        await using var manager = await RunningManager.StartAsync("""{"tables":[{"id":"accounts","findMe":{"role":"billing"}}]}""");
        Assert.True(EtsInstance.TryFind("accounts", out _, manager.OpenOptions));
    }

    [Fact]
    public async Task Tables_are_numbered_in_the_order_of_their_creation()
    {
        var names = Enumerable.Range(0, 12).Select(number => $"table{(number * 7) % 12}").ToArray();
        var configuration = string.Join(',', names.Select(name => $$"""{ "id": "{{name}}" }"""));
        await using var manager = await RunningManager.StartAsync($$"""{ "tables": [ {{configuration}} ] }""");
        var order = manager.Directory.AllTables().OrderBy(table => table.Incarnation).Select(table => table.Name);
        Assert.Equal(names, order);
        Assert.Equal(names.Length, manager.Directory.AllTables().Select(table => table.Incarnation).Distinct().Count());
    }

    private static Task HandOverByCommandAsync(string script, int limitMilliseconds) => HandOverAsync(
        $$"""{"tables":[{"id":"accounts","findMe":{"role":"billing","command":[{{(OperatingSystem.IsWindows() ? "\"cmd.exe\",\"/c\"" : "\"/bin/sh\",\"-c\"")}},"{{script}}"],"timeLimitMilliseconds":{{limitMilliseconds}} } } ] }""", null, null);

    private static Task HandOverByRuleAsync(IFindMeRule rule, HandOverPolicy? policy = null) =>
        HandOverAsync("""{"tables":[{"id":"accounts","findMe":{"role":"billing"}}]}""", rule, policy);

    /// <summary>Whatever the rule does, the worker that waits gets the table.</summary>
    private static async Task HandOverAsync(string configuration, IFindMeRule? rule, HandOverPolicy? policy)
    {
        await using var manager = await RunningManager.StartAsync(configuration, rule: rule, policy: policy);
        await using var worker = await manager.ConnectAsync();
        await using var table = await worker.OwnAsync<string, long>("accounts").WaitAsync(Patience);
        table.Insert("alice", 100);
    }
}
