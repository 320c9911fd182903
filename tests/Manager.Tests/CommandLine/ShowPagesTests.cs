using EtsPersist.Mmf.Manager.CommandLine;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.CommandLine;

/// <summary>Whoever does what <c>show</c> says at the end of a page sees the whole table.</summary>
public sealed class ShowPagesTests
{
    [Fact]
    public async Task A_bag_is_shown_to_its_end_also_where_a_key_has_more_rows_than_a_page()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var worker = await manager.ConnectAsync();
        await using var bag = await OwnAsync(worker, TableKind.Bag);
        var expected = new List<string>();
        foreach (var key in new[] { "alice", "bob's", "carol" })
        {
            for (var value = 0; value < 3; value++)
            {
                bag.Insert(key, value);
                expected.Add($"{key}\t{value}");
            }
        }

        var shown = new List<string>();
        string[] from = [];
        for (var pages = 0; pages <= expected.Count; pages++)
        {
            var (rows, next) = await ShowAsync(manager, ["--limit", "2", .. from]);
            shown.AddRange(rows);
            if (next is null) break;
            from = ["--from", next];
        }
        Assert.Equal(expected, shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_key_to_go_on_with_is_one_word_for_a_shell_whatever_is_in_it()
    {
        await using var manager = await RunningManager.StartAsync();
        await using var worker = await manager.ConnectAsync();
        await using var table = await OwnAsync(worker, TableKind.OrderedSet);
        table.Insert("a", 1);
        table.Insert("b's `c` $d", 2);
        var (_, hint) = await RunAsync(manager, "--limit", "1");
        Assert.EndsWith(@" --from 'b'\''s `c` $d'", hint.TrimEnd(), StringComparison.Ordinal);
    }

    private static Task<EtsTable<string, int>> OwnAsync(EtsWorker worker, TableKind kind) =>
        worker.OwnAsync<string, int>("rows", new EtsTableOptions { Kind = kind }).WaitAsync(RunningManager.Patience);

    /// <summary>The rows of a page, and the key that it says the next one begins with, as a shell would take it.</summary>
    private static async Task<(string[] Rows, string? Next)> ShowAsync(RunningManager manager, params string[] options)
    {
        var (rows, hint) = await RunAsync(manager, options);
        var next = hint.Length == 0 ? null : hint.TrimEnd().Split(" --from ")[1][1..^1].Replace(@"'\''", "'", StringComparison.Ordinal);
        return (rows.Split('\n', StringSplitOptions.RemoveEmptyEntries), next);
    }

    private static async Task<(string Printed, string Hint)> RunAsync(RunningManager manager, params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCode.Success, await EtsPersistProgram.RunAsync(["show", "rows", "--dir", manager.Root, .. options], output, error));
        return (output.ToString(), error.ToString());
    }
}
