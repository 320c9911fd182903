using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.Tables;

/// <summary>A manager runs for years: names that come and go leave nothing in it.</summary>
public sealed class ForgottenNameTests : IDisposable
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private readonly DirectoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task A_name_is_forgotten_with_its_table()
    {
        await _ground.CreateAsync("accounts");
        await _ground.DropAsync("accounts");
        await RequireForgottenAsync();
    }

    [Fact]
    public async Task All_names_that_a_table_ever_had_are_forgotten_with_it()
    {
        await _ground.CreateAsync("a");
        await _ground.RenameAsync("a", "b");
        await _ground.RenameAsync("b", "c");
        await _ground.RenameAsync("c", "a");
        await _ground.RenameAsync("a", "d");
        await _ground.DropAsync("d");
        await RequireForgottenAsync();
    }

    [Fact]
    public async Task A_name_that_another_table_has_taken_stays_until_that_one_goes()
    {
        await _ground.CreateAsync("a");
        await _ground.RenameAsync("a", "b");
        await _ground.CreateAsync("a");
        await _ground.DropAsync("b");
        await _ground.RestAsync();
        Assert.Equal("a", Assert.Single(_ground.Tables.All).Name);
        await _ground.DropAsync("a");
        await RequireForgottenAsync();
    }

    [Fact]
    public async Task A_rename_that_fails_leaves_no_name_behind()
    {
        await ClaimAsync(_ground.NewWorker(), "a");
        await Assert.ThrowsAsync<TableNotFoundException>(() => _ground.RenameAsync("a", "b"));
        await _ground.RestAsync();
        Assert.Equal("a", Assert.Single(_ground.Tables.All).Name);
    }

    [Fact]
    public async Task A_name_is_kept_while_somebody_is_about_to_use_it_and_no_longer()
    {
        using (var visit = _ground.Tables.Enter("accounts"))
        {
            visit.Table.Unclaim(_ground.NewWorker()); // behind which nothing is left
            await _ground.RestAsync();
            Assert.Same(visit.Table, _ground.Tables.Find("accounts"));
        }
        await RequireForgottenAsync();
    }

    [Fact]
    public async Task A_place_that_is_given_up_is_not_entered_any_more()
    {
        TableActor place;
        using (var visit = _ground.Tables.Enter("accounts")) place = visit.Table;
        await RequireForgottenAsync();
        Assert.True(place.IsGivenUp);
        Assert.False(place.TryEnter());
        using var another = _ground.Tables.Enter("accounts");
        Assert.NotSame(place, another.Table);
    }

    [Fact]
    public async Task A_name_is_kept_while_a_worker_waits_for_it_and_no_longer()
    {
        var worker = _ground.NewWorker();
        await ClaimAsync(worker, "accounts");
        await _ground.RestAsync();
        _ground.Tables.Require("accounts").Unclaim(worker);
        await RequireForgottenAsync();
    }

    [Fact]
    public async Task A_name_is_kept_while_workers_wait_for_its_dropped_table()
    {
        var worker = _ground.NewWorker();
        await _ground.CreateAsync("accounts");
        await ClaimAsync(worker, "accounts");
        await _ground.DropAsync("accounts");
        await _ground.RestAsync();
        _ground.Tables.Require("accounts").Forget(worker);
        await RequireForgottenAsync();
    }

    [Fact]
    public async Task No_claim_is_lost_where_a_name_is_forgotten_and_asked_for_at_the_same_time()
    {
        const int Workers = 4, Claims = 3000;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            var worker = _ground.NewWorker();
            for (var claim = 0; claim < Claims; claim++)
            {
                var place = await ClaimAsync(worker, "accounts");
                Assert.Same(place, _ground.Tables.Require("accounts"));
                place.Unclaim(worker);
            }
        })));
        await RequireForgottenAsync();
    }

    private async Task<TableActor> ClaimAsync(WorkerRegistration worker, string name)
    {
        using var visit = _ground.Tables.Enter(name);
        await visit.Table.ClaimAsync(worker, TimeSpan.Zero).WaitAsync(Patience);
        return visit.Table;
    }

    private async Task RequireForgottenAsync()
    {
        await _ground.RestAsync();
        Assert.Empty(_ground.Tables.All);
    }
}
