namespace EtsPersist.Mmf.Manager.Tests.EtsSuite;

/// <summary>Who owns a table, and who is to.</summary>
public sealed class OwnershipCases : SuiteGround
{
    private static readonly byte[] Gift = [1, 0, 2];

    [Theory]
    [MemberData(nameof(TableCases.Kinds), MemberType = typeof(TableCases))]
    [Trait("ets_SUITE", "give_away")]
    public async Task A_private_table_is_given_away_and_given_back(TableKind kind)
    {
        await using var table = await OwnAsync("foo", kind, TableAccess.Private);
        table.Insert("key", 1);
        await Within(Owner.GiveAwayAsync("foo", Named(Other), Gift));
        Assert.Throws<TableAccessException>(() => table.Lookup("key"));
        Assert.Equal(Gift, (await Within(Other.NextTransferAsync().AsTask())).GiftData.ToArray());

        await using var given = await Within(Other.OwnAsync<string, long>("foo"));
        Assert.Equal([1L], given.Lookup("key"));
        given.Delete("key");
        given.Insert("key", 2);
        await Within(Other.GiveAwayAsync("foo", Named(Owner)));
        Assert.Throws<TableAccessException>(() => given.Lookup("key"));
        await table.DisposeAsync();
        await using var back = await Within(Owner.OwnAsync<string, long>("foo"));
        Assert.Equal((TransferReason.GivenAway, 2L), (back.Transfer!.Reason, Assert.Single(back.Lookup("key"))));
    }

    [Fact]
    [Trait("ets_SUITE", "give_away")]
    public async Task A_table_is_not_given_to_oneself_to_nobody_by_others_or_once_it_is_dropped()
    {
        await using var table = await OwnAsync("foo", access: TableAccess.Public);
        await Assert.ThrowsAsync<TransferRejectedException>(() => Within(Owner.GiveAwayAsync("foo", Named(Owner))));
        await Assert.ThrowsAsync<TransferRejectedException>(() => Within(Owner.GiveAwayAsync("foo", new EtsSuccessor(0, ulong.MaxValue))));
        await Assert.ThrowsAsync<NotOwnerException>(async () => await Within(Other.GiveAwayAsync("foo", Named(Owner))));
        table.Insert("key", 1);
        await Within(Owner.DropAsync("foo"));
        await Assert.ThrowsAnyAsync<EtsException>(async () => await Within(Owner.GiveAwayAsync("foo", Named(Other))));
    }

    [Theory]
    [MemberData(nameof(TableCases.Kinds), MemberType = typeof(TableCases))]
    [Trait("ets_SUITE", "setopts")]
    public async Task Heir_and_access_are_set_by_the_owner_and_can_be_seen(TableKind kind)
    {
        await using var table = await OwnAsync("foo", kind, TableAccess.Private);
        Assert.Null((await FindAsync("foo")).Heir);
        await Within(Owner.SetHeirAsync("foo", Named(Other)));
        Assert.Equal(Other.Id, (await FindAsync("foo")).Heir!.WorkerId);
        await Within(Owner.SetHeirAsync("foo", Named(Owner), Gift));
        Assert.Equal(Owner.Id, (await FindAsync("foo")).Heir!.WorkerId);
        await Within(Owner.ClearHeirAsync("foo"));
        Assert.Null((await FindAsync("foo")).Heir);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Owner.SetHeirAsync("foo", default));
        await Assert.ThrowsAsync<NotOwnerException>(async () => await Other.SetHeirAsync("foo", Named(Other)));

        foreach (var access in (TableAccess[])[TableAccess.Protected, TableAccess.Public, TableAccess.Private])
        {
            await Within(Owner.SetAccessAsync("foo", access));
            Assert.Equal(access, (await FindAsync("foo")).Access);
        }
        await Assert.ThrowsAnyAsync<Exception>(async () => await Within(Owner.SetAccessAsync("foo", (TableAccess)77)));
        Assert.Equal(TableAccess.Private, (await FindAsync("foo")).Access);
        await Assert.ThrowsAsync<NotOwnerException>(async () => await Other.SetAccessAsync("foo", TableAccess.Public));
    }

    [Fact]
    [Trait("ets_SUITE", "select_fixtab_owner_change")]
    public async Task A_selection_goes_on_under_another_owner_and_leaves_no_pin()
    {
        var table = await OwnAsync("foo");
        table.InsertMany(Enumerable.Range(1, 2000).Select(key => KeyValuePair.Create($"{key}", (long)key % 8)));
        var page = table.SelectPage(row => row.Value == 7, 20);
        var seen = page.Rows.Select(row => row.Key).ToList();
        for (var (giver, taker) = (Owner, Other); page.Continuation is not null; (giver, taker) = (taker, giver))
        {
            await Within(giver.GiveAwayAsync("foo", Named(taker)));
            await table.DisposeAsync();
            table = await Within(taker.OwnAsync<string, long>("foo"));
            page = table.SelectPage(row => row.Value == 7, 20, page.Continuation);
            seen.AddRange(page.Rows.Select(row => row.Key));
            Assert.Empty(table.Info().Pins);
        }
        await table.DisposeAsync();
        Assert.Equal(250, seen.Distinct().Count());
        Assert.Equal(250, seen.Count);
    }
}
