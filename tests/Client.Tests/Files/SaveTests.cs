using System.Runtime.Versioning;

namespace EtsPersist.Mmf.Client.Tests.Files;

public sealed class SaveTests : IDisposable
{
    private readonly TypedTables _tables = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ets-test-").FullName;

    private string Saved => Path.Combine(_folder, "saved.etsfile");

    [Fact]
    public async Task A_reader_who_owns_nothing_saves_a_protected_table()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        using var owner = tables.Own<string, long>();
        owner.Insert("alice", 100);
        using var reader = tables.Open<string, long>(writable: false);
        await reader.SaveAsync(Saved);
        var info = await EtsFile.ReadInfoAsync(Saved);
        Assert.Equal(("rows", TableKind.Set, TableAccess.Protected, 1L), (info.Name, info.Kind, info.Access, info.Rows));
        Assert.Equal("key: string; value: int64", info.Schema.ToString());
        Assert.Equal(new FileInfo(Saved).Length, info.Bytes);
        Assert.Equal(info, await EtsFile.VerifyAsync(Saved), Same);
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced()
    {
        using var table = _tables.Open<string, long>();
        await table.SaveAsync(Saved);
        table.Insert("alice", 100);
        await table.SaveAsync(Saved);
        Assert.Equal(1, (await EtsFile.VerifyAsync(Saved)).Rows);
        Assert.Equal([Saved], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_must_not_be_replaced_stays_as_it_is()
    {
        using var table = _tables.Open<string, long>();
        await File.WriteAllTextAsync(Saved, "mine");
        var error = await Assert.ThrowsAsync<EtsFileException>(
            () => table.SaveAsync(Saved, new EtsSaveOptions { ReplaceExisting = false }));
        Assert.Contains(Saved, error.Message, StringComparison.Ordinal);
        RequireUntouched();
    }

    [Fact]
    public async Task A_cancelled_save_leaves_nothing_and_the_old_file_as_it_was()
    {
        using var table = Filled();
        await File.WriteAllTextAsync(Saved, "mine");
        using var cancelling = new CancellationTokenSource();
        var progress = new Steps(cancelling.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => table.SaveAsync(Saved, new EtsSaveOptions { BlockBytes = 1_024 }, progress, cancelling.Token));
        RequireUntouched();
    }

    [Fact]
    public async Task A_save_that_fails_leaves_nothing_and_the_old_file_as_it_was()
    {
        using var table = Filled();
        await File.WriteAllTextAsync(Saved, "mine");
        var progress = new Steps(() => table.File.MarkDropped());
        await Assert.ThrowsAsync<TableDroppedException>(() => table.SaveAsync(Saved, new EtsSaveOptions { BlockBytes = 1_024 }, progress));
        RequireUntouched();
    }

    [Fact]
    public async Task A_directory_that_is_missing_is_named()
    {
        using var table = _tables.Open<string, long>();
        var path = Path.Combine(_folder, "missing", "saved.etsfile");
        Assert.Contains(path, (await Assert.ThrowsAsync<EtsFileException>(() => table.SaveAsync(path))).Message, StringComparison.Ordinal);
        Assert.Contains(path, (await Assert.ThrowsAsync<EtsFileException>(() => EtsFile.ReadInfoAsync(path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_in_the_file_s_place_is_refused()
    {
        using var table = _tables.Open<string, long>();
        Directory.CreateDirectory(Saved);
        await Assert.ThrowsAsync<EtsFileException>(() => table.SaveAsync(Saved));
        await Assert.ThrowsAsync<EtsFileException>(() => EtsFile.ReadInfoAsync(Saved));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_private_table_of_another_is_not_saved()
    {
        using var tables = new TypedTables(TableAccess.Private);
        using var owner = tables.Own<string, long>();
        using var other = tables.Open<string, long>(writable: false);
        await Assert.ThrowsAsync<TableAccessException>(() => other.SaveAsync(Saved));
        Assert.Empty(Directory.GetFiles(_folder));
        await owner.SaveAsync(Saved);
    }

    [Fact]
    public async Task Progress_counts_rows_and_bytes_up_to_those_of_the_table()
    {
        using var table = Filled();
        var saving = new Steps();
        await table.SaveAsync(Saved, new EtsSaveOptions { BlockBytes = 1_024, Sync = false }, saving);
        var verifying = new Steps();
        var info = await EtsFile.VerifyAsync(Saved, verifying);
        Assert.All(saving.Reports, step => Assert.Equal((EtsFilePhase.Saving, table.Count), (step.Phase, step.TotalRows)));
        Assert.All(verifying.Reports, step => Assert.Equal((EtsFilePhase.Verifying, table.Count), (step.Phase, step.TotalRows)));
        Assert.Equal(saving.Reports.Select(step => (step.Rows, step.Bytes)), verifying.Reports.Select(step => (step.Rows, step.Bytes)));
        Assert.Equal(table.Count, saving.Reports[^1].Rows);
        Assert.Equal(saving.Reports, saving.Reports.OrderBy(step => step.Bytes));
        Assert.InRange(saving.Reports[^1].Bytes, info.Bytes - 100, info.Bytes);
    }

    [LinuxFact("permissions of files")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_saved_file_belongs_to_its_user_alone()
    {
        using var table = _tables.Open<string, long>();
        await table.SaveAsync(Saved);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Saved));
    }

    public void Dispose()
    {
        _tables.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Same(EtsFileInfo left, EtsFileInfo right) =>
        (left.Name, left.Rows, left.Bytes, left.SavedAt) == (right.Name, right.Rows, right.Bytes, right.SavedAt);

    private EtsTable<string, long> Filled()
    {
        var table = _tables.Open<string, long>();
        for (var row = 0L; row < 1_000; row++) table.Insert($"key {row}", row);
        return table;
    }

    private void RequireUntouched()
    {
        Assert.Equal([Saved], Directory.GetFiles(_folder));
        Assert.Equal("mine", File.ReadAllText(Saved));
    }

    /// <summary>Keeps every report, and does something at the first.</summary>
    private sealed class Steps(Action? atFirst = null) : IProgress<EtsFileProgress>
    {
        public List<EtsFileProgress> Reports { get; } = [];

        public void Report(EtsFileProgress value)
        {
            Reports.Add(value);
            if (Reports.Count == 1) atFirst?.Invoke();
        }
    }
}
