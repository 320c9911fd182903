using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Tables that lose all their rows at once.</summary>
public sealed class EmptyingTests : IDisposable
{
    private TemporaryTable? _table;

    public static TheoryData<string> Formats => ["records", "entries", "ordered", "bag", "duplicate bag"];

    private TableFile File => _table!.File;

    public void Dispose() => _table?.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Delete_all_leaves_a_table_without_rows_that_goes_on_working(string format)
    {
        Open(format);
        File.DeleteAll();
        Fill(0, 3_000);
        File.DeleteAll();
        Assert.Empty(Keys());
        _table!.RequireSound(rows: 0);
        Fill(0, 3_000);
        _table.RequireSound(rows: File.Count);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Replace_all_leaves_the_new_rows_alone(string format)
    {
        Open(format);
        Fill(0, 500);
        var rows = new BatchPlan();
        for (var key = 250L; key < 750; key++)
            rows.Insert(Bytes(key), Bytes(-key));
        File.ReplaceAll(rows);
        Assert.Equal(Enumerable.Range(250, 500).Select(key => (long)key), Keys().Order());
        var page = new ScanPage();
        for (var key = 250L; key < 750; key++)
        {
            Assert.Equal(1, File.Lookup(Bytes(key), page));
            Assert.Equal(-key, BitConverter.ToInt64(page.Value(0)));
        }
        Assert.Equal(500, rows.Count);
        _table!.RequireSound(rows: 500);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Readers_see_all_rows_of_one_moment_or_none(string format)
    {
        Open(format);
        using var stop = new CancellationTokenSource();
        var reader = _table!.OpenAgain(writable: false);
        var readers = Task.Run(() =>
        {
            var page = new ScanPage();
            while (!stop.IsCancellationRequested)
            {
                // Rows come and go together, so a row that is looked for between two sights of another cannot have another state unless that has changed.
                var before = reader.Lookup(Bytes(0L), page) == 0 ? 0 : BitConverter.ToInt64(page.Value(0));
                var other = reader.Lookup(Bytes(199L), page) == 0 ? 0 : BitConverter.ToInt64(page.Value(0));
                var after = reader.Lookup(Bytes(0L), page) == 0 ? 0 : BitConverter.ToInt64(page.Value(0));
                if (before == after && before != 0)
                    Assert.Equal(before, other);
            }
        });
        for (var round = 1L; round <= 60; round++)
        {
            var rows = new BatchPlan();
            for (var key = 0L; key < 200; key++)
                rows.Insert(Bytes(key), Bytes(round));
            File.ReplaceAll(rows);
            if (round % 3 == 0)
                File.DeleteAll();
        }
        await stop.CancelAsync();
        await readers;
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Replace_all_takes_insertions_only()
    {
        Open("records");
        Fill(0, 3);
        var rows = new BatchPlan();
        rows.Delete(Bytes(1L));
        Assert.Throws<ArgumentException>(() => File.ReplaceAll(rows));
        Assert.Equal(3, File.Count);
    }

    [Fact]
    public void Whoever_must_not_write_does_not_empty_a_table()
    {
        Open("records");
        Assert.Throws<TableAccessException>(_table!.OpenAgain(writable: false).DeleteAll);
        using var owned = new TemporaryTable(TableAccess.Protected);
        Assert.Throws<NotOwnerException>(owned.File.DeleteAll);
    }

    [Fact]
    public void An_owner_empties_its_private_table()
    {
        using var owned = new TemporaryTable(TableAccess.Private, kind: TableKind.Bag);
        Own(owned.File);
        owned.File.Insert("k"u8, "a"u8);
        owned.File.Insert("k"u8, "b"u8);
        owned.File.DeleteAll();
        owned.RequireSound(rows: 0);
    }

    [Fact]
    public void A_table_without_space_for_the_batch_keeps_its_rows()
    {
        _table = new TemporaryTable(maximumBytes: 16 << 20);
        var rows = 0L;
        Assert.Throws<TableFullException>(void () =>
        {
            for (; ; rows++)
                File.Insert(Bytes(rows), Pattern(100));
        });
        Assert.Throws<TableFullException>(File.DeleteAll);
        Assert.Equal(rows, File.Count);
        _table.RequireSound(rows: rows);
    }

    private void Open(string format)
    {
        var kind = format switch
        {
            "ordered" => TableKind.OrderedSet,
            "bag" => TableKind.Bag,
            "duplicate bag" => TableKind.DuplicateBag,
            _ => TableKind.Set,
        };
        _table = new TemporaryTable(kind: kind);
        if (format == "entries")
            Assert.True(File.DecideRowFormat(8, 8));
    }

    private void Fill(long first, long rows)
    {
        for (var row = first; row < first + rows; row++)
        {
            File.Insert(Bytes(row), Bytes(row));
            if (row % 3 == 0)
                File.Insert(Bytes(row), Bytes(-row));
        }
    }

    private List<long> Keys()
    {
        var keys = new List<long>();
        var page = new ScanPage();
        for (var (cursor, more) = (0UL, true); more;)
        {
            more = File.Scan(ref cursor, page);
            for (var row = 0; row < page.Count; row++)
                keys.Add(BitConverter.ToInt64(page.Key(row)));
        }
        return keys;
    }
}
