using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.Tables;

/// <summary>What is sent to a name whose table has another one now goes on to that, and nowhere else.</summary>
public sealed class RenamedTableTests : IDisposable
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private readonly DirectoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task A_table_that_was_renamed_there_and_back_and_dropped_leaves_the_manager_at_rest()
    {
        await _ground.CreateAsync("a");
        await _ground.RenameAsync("a", "b");
        await _ground.RenameAsync("b", "a");
        var places = PlacesOf("a", "b");
        await _ground.DropAsync("a");
        await RequireRestAfterLooksAsync(places);
    }

    [Fact]
    public async Task Tables_that_were_swapped_and_dropped_leave_the_manager_at_rest()
    {
        await _ground.CreateAsync("a");
        await _ground.CreateAsync("b");
        await _ground.RenameAsync("a", "c");
        await _ground.RenameAsync("b", "a");
        await _ground.RenameAsync("c", "b");
        var places = PlacesOf("a", "b", "c");
        await _ground.DropAsync("a");
        await _ground.DropAsync("b");
        await RequireRestAfterLooksAsync(places);
    }

    [Fact]
    public async Task A_death_that_is_reported_to_the_old_name_is_seen_under_the_new_one()
    {
        var (location, file) = _ground.Store.Create(new TableDefinition { Id = "a" });
        file.Attach();
        file.TryOffer(file.Ownership, out var offered);
        file.TryAccept(offered.Epoch);
        using (var visit = _ground.Tables.Enter("a")) await visit.Table.AdoptAsync(location).WaitAsync(Patience);
        var old = _ground.Tables.Require("a");
        await _ground.RenameAsync("a", "b");
        var table = _ground.Tables.Require("b");
        using var renamed = _ground.Open("b");
        Assert.Equal(OwnershipState.Owned, (await table.SummarizeAsync().WaitAsync(Patience))!.State);

        file.Abandon();
        _ground.Owner.MarkDead();
        old.OnDeath();
        await RunningManager.UntilAsync(() => renamed.Ownership.State == OwnershipState.Unowned);
        Assert.Null((await table.SummarizeAsync().WaitAsync(Patience))!.Problem);
    }

    [Fact]
    public async Task A_name_that_is_used_again_and_again_goes_on_to_send_on_to_the_last_table_that_had_it()
    {
        await _ground.CreateAsync("current");
        await _ground.RenameAsync("current", "previous");
        await _ground.RenameAsync("previous", "old");
        await _ground.CreateAsync("current");
        var place = _ground.Tables.Require("current");
        await _ground.RenameAsync("current", "previous");
        await _ground.RestAsync();
        Assert.Same(place, _ground.Tables.Find("current")); // it sends on, and so is kept
    }

    private TableActor[] PlacesOf(params string[] names) => [.. names.Select(_ground.Tables.Require)];

    private async Task RequireRestAfterLooksAsync(TableActor[] places)
    {
        foreach (var place in places)
        {
            await place.LookAsync().WaitAsync(Patience);
            place.Poke();
            place.OnDeath();
        }
        await _ground.RestAsync();
        Assert.Empty(_ground.Tables.All);
    }
}
