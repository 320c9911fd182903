namespace EtsPersist.Mmf.Manager.Tests.EtsSuite;

/// <summary>Creation, names, access and the end of tables.</summary>
public sealed class TableCases : SuiteGround
{
    public static TheoryData<TableKind> Kinds => [.. Enum.GetValues<TableKind>()];

    [Fact]
    [Trait("ets_SUITE", "default")]
    public async Task Without_options_a_table_is_a_protected_set_without_an_heir()
    {
        await using var table = await Within(Owner.OwnAsync<string, long>("def", EtsTableOptions.Default));
        var info = await FindAsync("def");
        Assert.Equal((TableKind.Set, TableAccess.Protected), (info.Kind, info.Access));
        Assert.Equal(Environment.ProcessId, info.Owner!.ProcessId);
        Assert.Null(info.Heir);
    }

    [Fact]
    [Trait("ets_SUITE", "badnew")]
    public async Task A_table_is_not_created_under_what_is_no_name_or_with_options_that_cannot_be()
    {
        await Assert.ThrowsAsync<InvalidNameException>(async () => await Owner.CreateAsync(""));
        await Assert.ThrowsAsync<InvalidNameException>(async () => await Owner.CreateAsync("{a,b}"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Within(Owner.CreateAsync("name", new EtsTableOptions { Kind = (TableKind)77 })));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Within(Owner.CreateAsync("name", new EtsTableOptions { Access = (TableAccess)77 })));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Within(Owner.CreateAsync("name", new EtsTableOptions { MaximumBytes = 1 })));
        Assert.Empty(EtsInstance.ListTables(OpenOptions));
    }

    [Fact]
    [Trait("ets_SUITE", "named")]
    [Trait("ets_SUITE", "whereis_table")]
    public async Task A_name_leads_to_its_table_and_to_a_new_one_once_that_is_dropped()
    {
        Assert.False(EtsInstance.TryFind("foo", out _, OpenOptions));
        var table = await OwnAsync("foo");
        table.Insert("key", 1);
        using (var reader = Open("foo")) Assert.Equal([1L], reader.Lookup("key"));
        Assert.True(EtsInstance.TryFind("foo", out var first, OpenOptions));
        await Within(Owner.DropAsync("foo"));
        Assert.False(EtsInstance.TryFind("foo", out _, OpenOptions));
        Assert.Throws<TableDroppedException>(() => table.Lookup("key"));
        await table.DisposeAsync();

        await using var again = await OwnAsync("foo");
        Assert.True(EtsInstance.TryFind("foo", out var second, OpenOptions));
        Assert.NotEqual(first, second);
        Assert.Empty(again.Lookup("key"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "delete_tab")]
    [Trait("ets_SUITE", "baddelete")]
    public async Task A_dropped_table_frees_its_name_and_is_not_dropped_twice(TableKind kind)
    {
        await Assert.ThrowsAsync<TableNotFoundException>(() => Within(Owner.DropAsync("foo")));
        for (var round = 0; round < 2; round++)
        {
            await (await OwnAsync("foo", kind)).DisposeAsync();
            await Within(Owner.DropAsync("foo"));
        }
        await Assert.ThrowsAsync<TableNotFoundException>(() => Within(Owner.DropAsync("foo")));
    }

    [Fact]
    [Trait("ets_SUITE", "badlookup")]
    public async Task What_is_no_table_any_more_is_not_read()
    {
        Assert.Throws<TableNotFoundException>(() => Open("foo"));
        await using var table = await OwnAsync("foo");
        await Within(Owner.DropAsync("foo"));
        var error = Assert.Throws<TableDroppedException>(() => table.Lookup("key"));
        Assert.Contains("foo", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "misc1")]
    [Trait("ets_SUITE", "ets_all")]
    public async Task All_tables_are_those_that_are_there(TableKind kind)
    {
        await using (await OwnAsync("one", kind))
        {
            await Within(Owner.CreateAsync("two"));
            Assert.Equal(["one", "two"], (await Within(Owner.ListTablesAsync())).Select(table => table.Name));
            await Within(Owner.DropAsync("one"));
            Assert.Equal(["two"], (await Within(Owner.ListTablesAsync())).Select(table => table.Name));
        }
        await Within(Owner.DropAsync("two"));
        Assert.Empty(await Within(Owner.ListTablesAsync()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "rename")]
    public async Task A_renamed_table_has_its_new_name_and_its_rows(TableKind kind)
    {
        await using var table = await OwnAsync("foobazz", kind, TableAccess.Public);
        table.Insert("foo", 1);
        await Within(Other.RenameAsync("foobazz", "ungermanbazz"));
        Assert.Throws<TableNotFoundException>(() => Open("foobazz"));
        using (var renamed = Open("ungermanbazz")) Assert.Equal([1L], renamed.Lookup("foo"));
        await Assert.ThrowsAsync<InvalidNameException>(async () => await Owner.RenameAsync("ungermanbazz", "no name"));
        await Within(Owner.DropAsync("ungermanbazz"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "t_named_select")]
    public async Task A_continuation_follows_its_table_to_another_name_and_not_to_another_table(TableKind kind)
    {
        var table = await OwnAsync("t", kind);
        table.InsertMany([new("1", 22), new("2", 22), new("3", 22)]);
        var page = table.SelectPage(row => row.Value == 22, 1);
        await Within(Owner.DropAsync("t"));
        Assert.Throws<TableDroppedException>(() => table.SelectPage(row => row.Value == 22, 1, page.Continuation));
        await table.DisposeAsync();

        await using var again = await OwnAsync("t", kind);
        Assert.Throws<ContinuationException>(() => again.SelectPage(row => row.Value == 22, 1, page.Continuation));
        again.InsertMany([new("1", 22), new("2", 22), new("4", 22)]);
        page = again.SelectPage(row => row.Value == 22, 2);
        await Within(Owner.RenameAsync("t", "abcd"));
        var rest = again.SelectPage(row => row.Value == 22, 2, page.Continuation);
        Assert.Null(rest.Continuation);
        Assert.Equal(["1", "2", "4"], page.Rows.Concat(rest.Rows).Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("ets_SUITE", "privacy")]
    public async Task Others_may_what_the_access_says_that_is_set_at_the_time(TableKind kind)
    {
        TableAccess[] accesses = [TableAccess.Public, TableAccess.Protected, TableAccess.Private];
        for (var shift = 0; shift < accesses.Length; shift++)
        {
            for (var number = 0; number < accesses.Length; number++)
            {
                var name = $"table-{number}";
                var access = accesses[(number + shift) % accesses.Length];
                await using var table = await OwnAsync(name, kind, accesses[number]);
                await Within(Owner.SetAccessAsync(name, access));
                RequireRights(name, access);
                await Within(Owner.SetAccessAsync(name, accesses[number]));
            }
        }
    }

    private void RequireRights(string name, TableAccess access)
    {
        using var other = Open(name);
        if (access == TableAccess.Private) Assert.Throws<TableAccessException>(() => other.Lookup("foo"));
        else Assert.Empty(other.Lookup("foo"));
        if (access == TableAccess.Public)
        {
            other.Insert("foo", 1);
            other.Delete("foo");
            return;
        }
        Assert.ThrowsAny<EtsException>(() => other.Insert("foo", 1));
        Assert.Equal(0, other.Count);
    }
}
