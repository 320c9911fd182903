using System.Globalization;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Peer.Programs;
using EtsPersist.Mmf.System.Tests.Kills;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Programs;

/// <summary>
/// Several processes take the steps of random programs on one public table. Each has keys of its own, whose answers must be those of a model whatever
/// the others do; one key is shared, and nothing of what they do to it gets lost. With <c>ETSPERSIST_EXHAUSTIVE=1</c> for much longer.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class ParallelProgramTests(ITestOutputHelper output) : IDisposable
{
    private const int Processes = 3;
    private static readonly int Programs = Environment.GetEnvironmentVariable("ETSPERSIST_EXHAUSTIVE") == "1" ? 1000 : 30;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(TableKind.Set)]
    [InlineData(TableKind.OrderedSet)]
    [InlineData(TableKind.Bag)]
    [InlineData(TableKind.DuplicateBag)]
    public void Each_process_has_the_answers_of_a_model_and_nothing_shared_is_lost(TableKind kind)
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        using var table = CreateTable(kind);
        var peers = Enumerable.Range(0, Processes).Select(Start).ToArray();
        try
        {
            foreach (var peer in peers) peer.WaitFor("ready");
            foreach (var peer in peers) peer.Say($"go");
            var insertions = peers.Select(WaitUntilDone).ToArray();
            RequireShared(kind, insertions);
        }
        finally
        {
            foreach (var peer in peers) peer.Dispose();
        }
        Assert.True(table.Verify().IsSound);
    }

    public void Dispose() => _folder.Dispose();

    private TableFile CreateTable(TableKind kind)
    {
        var directory = new InstanceDirectory(root: _folder["i"]);
        directory.Create();
        var path = Path.Combine(directory.TablesPath, "programs.1.ets");
        return TableFile.Create(path, "programs", 1, new TableFileOptions { Kind = kind, Access = TableAccess.Public });
    }

    private PeerProcess Start(int number) => PeerProcess.Start(
        "program", "--dir", _folder["i"], "--table", "programs", "--number", $"{number}", "--of", $"{Processes}",
        "--seed", $"{KillSettings.Seed + (ulong)number}", "--programs", $"{Programs}");

    /// <summary>How often it has inserted under the shared key.</summary>
    private static long WaitUntilDone(PeerProcess peer)
    {
        peer.WaitForExit();
        var done = peer.WaitFor("done").Split(' ');
        return long.Parse(done[1], CultureInfo.InvariantCulture);
    }

    private void RequireShared(TableKind kind, long[] insertions)
    {
        using var table = EtsTable.Open<Item>("programs", new EtsOpenOptions { Directory = _folder["i"] });
        var items = table.Lookup(SharedItems.Key);
        if (kind is TableKind.Set or TableKind.OrderedSet)
        {
            Assert.Equal(insertions.Sum(), Assert.Single(items).Count);
            return;
        }
        Assert.Null(SharedItems.Broken(items));
        for (var process = 0; process < Processes; process++)
            Assert.Equal(insertions[process], items.Count(item => item.Text == SharedItems.NameOf(process)));
    }
}
