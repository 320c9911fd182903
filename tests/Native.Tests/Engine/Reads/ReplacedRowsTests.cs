using EtsPersist.Mmf.Native.Engine;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Rows of a duplicate bag that are replaced in their places.</summary>
public sealed class ReplacedRowsTests : IDisposable
{
    private readonly TemporaryTable _table = new(kind: TableKind.DuplicateBag);
    private readonly ScanPage _rows = new();

    private TableFile File => _table.File;

    [Fact]
    public void A_replaced_row_keeps_its_place_also_among_equal_ones()
    {
        Insert("a", "b", "a", "a");
        Assert.True(File.TryReplace(Bytes("k"), _rows, [null, Bytes("x"), Bytes("x"), Bytes("b")]));
        Assert.Equal(["a", "x", "x", "b"], File.Lookup("k"));
        File.Insert("k", "a");
        Assert.Equal(["a", "x", "x", "b", "a"], File.Lookup("k"));
        Assert.Equal(2, File.DeleteObject("k", "x"));
        _table.RequireSound(rows: 3);
    }

    [Fact]
    public void A_row_may_be_replaced_by_an_equal_one_and_by_a_longer_one()
    {
        Insert("a", "b");
        Assert.True(File.TryReplace(Bytes("k"), _rows, [Bytes("a"), Pattern(5000)]));
        File.Lookup(Bytes("k"), _rows);
        Assert.Equal("a"u8, _rows.Value(0));
        Assert.Equal(Pattern(5000), _rows.Value(1));
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void Nothing_is_replaced_once_the_key_has_changed()
    {
        Insert("a", "b");
        File.Insert("k", "c");
        Assert.False(File.TryReplace(Bytes("k"), _rows, [Bytes("x"), Bytes("y")]));
        File.Delete("k");
        Assert.False(File.TryReplace(Bytes("k"), _rows, [Bytes("x"), Bytes("y")]));
        Insert("a", "b");
        Assert.Equal(["a", "b"], File.Lookup("k"));
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void Other_kinds_do_not_replace_rows_in_their_places()
    {
        foreach (var kind in (TableKind[])[TableKind.Set, TableKind.OrderedSet, TableKind.Bag])
        {
            using var other = new TemporaryTable(kind: kind);
            other.File.Insert("k", "a");
            other.File.Lookup(Bytes("k"), _rows);
            Assert.Throws<TableKindException>(() => other.File.TryReplace(Bytes("k"), _rows, [Bytes("x")]));
        }
    }

    [Fact]
    public void A_value_is_needed_for_each_row()
    {
        Insert("a", "b");
        Assert.Throws<ArgumentOutOfRangeException>(() => File.TryReplace(Bytes("k"), _rows, [Bytes("x")]));
    }

    [Fact]
    public async Task A_reader_sees_all_replacements_of_a_key_or_none()
    {
        const int Rounds = 2000;
        Insert("0", "0", "0", "0", "0");
        var replacing = Task.Run(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                File.Lookup(Bytes("k"), _rows);
                Assert.True(File.TryReplace(Bytes("k"), _rows, [.. Enumerable.Repeat(Bytes($"{round}"), 5)]));
            }
        });
        for (var last = 0; last < Rounds && !replacing.IsFaulted;)
        {
            var seen = File.Lookup("k").ConvertAll(int.Parse);
            Assert.Equal(5, seen.Count);
            Assert.Equal(seen[0], Assert.Single(seen.Distinct()));
            Assert.True(seen[0] >= last);
            last = seen[0];
        }
        await replacing;
        _table.RequireSound(rows: 5);
    }

    public void Dispose() => _table.Dispose();

    private void Insert(params string[] values)
    {
        foreach (var value in values)
            File.Insert("k", value);
        File.Lookup(Bytes("k"), _rows);
    }
}
