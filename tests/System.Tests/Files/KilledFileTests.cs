using System.Globalization;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Files;

/// <summary>Processes that save their table and load it, and are killed on the way.</summary>
[Collection(ProcessTests.Name)]
public sealed class KilledFileTests : IAsyncLifetime, IDisposable
{
    private const int Rows = 3_000;
    private const string Table = "texts";
    private const string Role = "archive";

    private readonly TemporaryFolder _folder = new();
    private ManagerProcess _manager = null!;
    private EtsWorker _worker = null!;

    private string Saved => _folder["saved"];

    public async Task InitializeAsync()
    {
        _manager = ManagerProcess.Start(_folder["i"]);
        _worker = await EtsWorker.ConnectAsync(Role, new EtsWorkerOptions { Directory = _folder["i"], ConnectTimeout = Wait.Limit });
    }

    [Fact]
    public async Task A_loader_that_is_killed_leaves_an_empty_table_to_the_next_owner()
    {
        await using (var table = await FilledAsync())
        {
            await table.SaveAsync(Saved);
            await _worker.DropAsync(Table);
        }
        using var loader = Start("load");
        RequireBetween(loader.WaitFor("block"));
        var waiting = _worker.OwnAsync<long, string>(Table);
        Assert.Throws<TableNotReadyException>(OpenAndClose);
        loader.Kill();
        await using var next = await waiting.WaitAsync(Wait.Limit);
        Assert.Equal((TransferReason.OwnerDied, 0L), (next.Transfer!.Reason, next.Count));
        Assert.Empty(next);
        OpenAndClose();
    }

    [Fact]
    public async Task A_saver_that_is_killed_leaves_the_old_file_and_the_new_one_aside()
    {
        await (await FilledAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Saved, "old");
        using (var saver = Start("save"))
        {
            RequireBetween(saver.WaitFor("block"));
            saver.Kill();
        }
        Assert.Equal("old", await File.ReadAllTextAsync(Saved));
        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Saved)!, "*.saving"));
        await Assert.ThrowsAsync<EtsFileFormatException>(() => EtsFile.ReadInfoAsync(aside));
    }

    [Fact]
    public async Task A_worker_that_waits_for_the_table_already_gets_it_once_it_is_loaded()
    {
        await using (var table = await FilledAsync())
        {
            await table.SaveAsync(Saved);
            await _worker.DropAsync(Table);
        }
        using var waiting = Start("save");
        _manager.WaitForEvent("waiting", waiting.Id);
        await (await _worker.LoadAsync<long, string>(Saved).WaitAsync(Wait.Limit)).DisposeAsync();
        waiting.WaitFor("block");
        waiting.Say($"go");
        Assert.Equal($"{Rows}", waiting.WaitFor("done"));
    }

    [Fact]
    public async Task What_one_process_saves_another_one_loads()
    {
        await (await FilledAsync()).DisposeAsync();
        RunToItsEnd("save");
        await _worker.DropAsync(Table);
        RunToItsEnd("load");
        await using var table = await _worker.OwnAsync<long, string>(Table).WaitAsync(Wait.Limit);
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (long)row), table.Select(row => row.Key).Order());
        Assert.All(table, row => Assert.Equal(TextOf(row.Key), row.Value));
    }

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        _manager.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    private static string TextOf(long row) => $"{row} {new string('x', 100)}";

    private static void RequireBetween(string rows) => Assert.InRange(int.Parse(rows, CultureInfo.InvariantCulture), 1, Rows - 1);

    private async Task<EtsTable<long, string>> FilledAsync()
    {
        var table = await _worker.OwnAsync<long, string>(Table, EtsTableOptions.Default).WaitAsync(Wait.Limit);
        for (var row = 0L; row < Rows; row++) table.Insert(row, TextOf(row));
        return table;
    }

    private PeerProcess Start(string work) =>
        PeerProcess.Start("portable-file", "--dir", _folder["i"], "--role", Role, "--table", Table, "--file", Saved, "--do", work);

    private void RunToItsEnd(string work)
    {
        using var peer = Start(work);
        peer.WaitFor("block");
        peer.Say($"go");
        Assert.Equal($"{Rows}", peer.WaitFor("done"));
        Assert.Equal(0, peer.WaitForExit());
    }

    private void OpenAndClose() => EtsTable.Open<long, string>(Table, new EtsOpenOptions { Directory = _folder["i"] }).Dispose();
}
