using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Tables;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.Tables;

public sealed class SuccessionTests : IDisposable
{
    private static readonly TimeSpan Patience = RunningManager.Patience;
    private readonly DirectoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task A_turn_that_was_awaited_by_a_table_that_is_gone_is_not_taken_from_the_one_in_its_place()
    {
        await _ground.CreateAsync("first");
        await _ground.CreateAsync(new TableDefinition { Id = "second", IsRecreated = true });
        var (first, second) = (_ground.Tables.Require("first"), _ground.Tables.Require("second"));
        var before = new Succession([second]);
        await _ground.DropAsync("second");
        before.Begin();
        await second.LookAsync().WaitAsync(Patience);

        var line = new Succession([first, second]);
        await second.ClaimAsync(_ground.NewWorker(), default).WaitAsync(Patience);
        await second.LookAsync().WaitAsync(Patience);
        using var table = _ground.Open("second");
        Assert.Equal(OwnershipState.Unowned, table.Ownership.State); // its turn has yet to come

        line.Begin();
        await _ground.RestAsync();
        Assert.Equal(OwnershipState.Offered, table.Ownership.State);
    }
}
