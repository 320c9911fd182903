namespace EtsPersist.Mmf.Manager.Tests.EtsSuite;

/// <summary>The group <c>files</c>: a table that is saved, dropped and comes back.</summary>
public sealed class FileCases : SuiteGround, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ets-test-").FullName;

    private string Saved => Path.Combine(_folder, "saved.etsfile");

    [Theory]
    [MemberData(nameof(TableCases.Kinds), MemberType = typeof(TableCases))]
    [Trait("ets_SUITE", "tab2file")]
    public async Task An_empty_table_comes_back_as_what_it_was(TableKind kind)
    {
        foreach (var sync in (bool[])[true, false])
        {
            await SaveAndDropAsync(kind, TableAccess.Public, rows: 0, new EtsSaveOptions { Sync = sync });
            await using var again = await Within(Owner.LoadAsync<string, long>(Saved));
            Assert.Equal(("foo", kind, TableAccess.Public, 0L), (again.Name, again.Kind, again.Access, again.Count));
            await Within(Owner.DropAsync("foo"));
        }
    }

    [Theory]
    [MemberData(nameof(TableCases.Kinds), MemberType = typeof(TableCases))]
    [Trait("ets_SUITE", "tab2file2")]
    public async Task A_filled_private_table_comes_back_as_what_it_was(TableKind kind)
    {
        const int Rows = 2000;
        await SaveAndDropAsync(kind, TableAccess.Private, Rows);
        await using var again = await Within(Owner.LoadAsync<string, long>(Saved));
        Assert.Equal((kind, TableAccess.Private, (long)Rows), (again.Kind, again.Access, again.Count));
        Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal([row], again.Lookup($"{row}")));
        using var other = Open("foo");
        Assert.Throws<TableAccessException>(() => other.Lookup("1"));
    }

    [Fact]
    [Trait("ets_SUITE", "tabfile_ext3")]
    public async Task A_file_is_loaded_once_its_name_is_free_and_not_where_it_was_cut()
    {
        await using (var table = await OwnAsync("foo"))
        {
            table.Insert("key", 1);
            await table.SaveAsync(Saved);
            await Assert.ThrowsAsync<TableExistsException>(() => Within(Owner.LoadAsync<string, long>(Saved)));
            Assert.Equal([1L], table.Lookup("key"));
        }
        await Within(Owner.DropAsync("foo"));
        await using (var loaded = await Within(Owner.LoadAsync<string, long>(Saved))) Assert.Equal([1L], loaded.Lookup("key"));
        await Within(Owner.DropAsync("foo"));

        var whole = await File.ReadAllBytesAsync(Saved);
        await File.WriteAllBytesAsync(Saved, whole[..^1]);
        await RequireRefusedAsync();
    }

    [Fact]
    [Trait("ets_SUITE", "badfile")]
    public async Task A_file_whose_header_is_damaged_tells_nothing_and_makes_no_table()
    {
        await SaveAndDropAsync(TableKind.Set, TableAccess.Protected, rows: 2);
        var bytes = await File.ReadAllBytesAsync(Saved);
        Array.Clear(bytes, 16, 8);
        await File.WriteAllBytesAsync(Saved, bytes);
        await RequireRefusedAsync();
        File.Delete(Saved); // which nothing keeps open
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task SaveAndDropAsync(TableKind kind, TableAccess access, int rows, EtsSaveOptions? options = null)
    {
        await using var table = await OwnAsync("foo", kind, access);
        for (var row = 0; row < rows; row++) table.Insert($"{row}", row);
        await table.SaveAsync(Saved, options);
        await Within(Owner.DropAsync("foo"));
    }

    private async Task RequireRefusedAsync()
    {
        await Assert.ThrowsAsync<EtsFileFormatException>(() => EtsFile.ReadInfoAsync(Saved));
        await Assert.ThrowsAsync<EtsFileFormatException>(() => EtsFile.VerifyAsync(Saved));
        await Assert.ThrowsAsync<EtsFileFormatException>(() => Within(Owner.LoadAsync<string, long>(Saved)));
        Assert.False(EtsInstance.TryFind("foo", out _, OpenOptions));
    }
}
