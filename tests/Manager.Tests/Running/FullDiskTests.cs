using System.Runtime.Versioning;

namespace EtsPersist.Mmf.Manager.Tests.Running;

/// <summary>
/// What a manager does that cannot write what it is to keep: a link makes the next definition of a table end in a device that is always full.
/// </summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private static readonly byte[] Gift = [7, 8];
    private RunningManager _manager = null!;
    private EtsWorker _owner = null!;
    private EtsWorker _other = null!;

    public async Task InitializeAsync()
    {
        _manager = await RunningManager.StartAsync();
        _owner = await _manager.ConnectAsync();
        _other = await _manager.ConnectAsync("shipping");
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _owner.DisposeAsync();
        await _manager.DisposeAsync();
    }

    [Fact]
    public async Task An_heir_that_cannot_be_kept_is_refused_and_the_table_and_all_others_go_on()
    {
        await using var accounts = await OwnAsync("accounts");
        await using var orders = await OwnAsync("orders");
        var heir = EtsSuccessor.Of((await _other.ListWorkersAsync().WaitAsync(Patience)).Single(worker => worker.Id == _other.Id));
        FillDiskFor("accounts");
        var error = await Assert.ThrowsAsync<TableFullException>(() => _owner.SetHeirAsync("accounts", heir).WaitAsync(Patience));
        Assert.Contains("Make space", error.Message, StringComparison.Ordinal);
        Assert.Empty(Unfinished());
        accounts.Insert("alice", 1);
        orders.Insert("order", 1);
        await _owner.SetHeirAsync("orders", heir).WaitAsync(Patience);
        Assert.Null((await _owner.FindTableAsync("accounts").WaitAsync(Patience))!.Problem);
    }

    [Fact]
    public async Task A_gift_that_cannot_be_kept_leaves_the_table_with_its_owner_who_can_try_again()
    {
        await using var accounts = await OwnAsync("accounts");
        await using var successor = await _manager.ConnectAsync();
        var waiting = successor.OwnAsync<string, long>("accounts");
        FillDiskFor("accounts");
        await Assert.ThrowsAsync<TableFullException>(() => _owner.ReleaseAsync("accounts", Gift).WaitAsync(Patience));
        accounts.Insert("alice", 1);
        MakeSpaceFor("accounts");
        await _owner.ReleaseAsync("accounts", Gift).WaitAsync(Patience);
        await using var released = await waiting.WaitAsync(Patience);
        Assert.Equal(Gift, released.Transfer!.GiftData.ToArray());
    }

    [LinuxFact("permissions of files")]
    [UnsupportedOSPlatform("windows")]
    public async Task Definitions_are_for_their_user_alone()
    {
        await using var accounts = await OwnAsync("accounts");
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(mode, File.GetUnixFileMode(DefinitionOf("accounts")));
        Assert.Equal(mode, File.GetUnixFileMode(Path.ChangeExtension(DefinitionOf("accounts"), ".ets")));
    }

    /// <summary>As a full disk does: a definition can no longer be written. A directory stands in its way.</summary>
    private void FillDiskFor(string table) => Directory.CreateDirectory(UnfinishedOf(table));

    private void MakeSpaceFor(string table) => Directory.Delete(UnfinishedOf(table));

    private string UnfinishedOf(string table) => DefinitionOf(table) + ".new";

    private string DefinitionOf(string table) => Path.ChangeExtension(Assert.Single(_manager.Directory.FindTables(table)).Path, ".json");

    private string[] Unfinished() => Directory.GetFiles(_manager.Directory.TablesPath, "*.new");

    private Task<EtsTable<string, long>> OwnAsync(string table) => _owner.OwnAsync<string, long>(table, EtsTableOptions.Default).WaitAsync(Patience);
}
