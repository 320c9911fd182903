using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Layout;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class OrderedTableTests : IDisposable
{
    private readonly TemporaryTable _table = new(kind: TableKind.OrderedSet);
    private readonly ScanPage _page = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    public static TheoryData<string> KeyShapes => ["numbers", "short", "long with a common beginning", "zeros", "wide"];

    [Theory]
    [MemberData(nameof(KeyShapes))]
    public void Random_operations_leave_what_a_sorted_dictionary_holds(string shape)
    {
        var random = new Random(shape.Length);
        var model = new OrderedModel();
        for (var i = 0; i < 12_000; i++)
            Step(random, model, shape, i);
        Assert.Equal(model.Range(null, null, backward: false), File.Range());
        Assert.Equal(model.Range(null, null, backward: true), File.Range(backward: true));
        Assert.Equal(model.Count, File.Count);
        for (var i = 0; i < 200; i++)
        {
            (byte[], bool)? low = random.Next(4) == 0 ? null : (Key(random, shape), random.Next(2) == 0);
            (byte[], bool)? high = random.Next(4) == 0 ? null : (Key(random, shape), random.Next(2) == 0);
            Assert.Equal(model.Range(low, high, backward: false), File.Range(low, high));
            Assert.Equal(model.Range(low, high, backward: true), File.Range(low, high, backward: true));
        }
        _table.RequireSound(rows: model.Count);
    }

    [Fact]
    public void First_last_next_and_previous_step_from_row_to_row()
    {
        Assert.False(File.TryFirst(_page));
        Assert.False(File.TryLast(_page));
        for (var row = 0L; row < 1_000; row += 2)
            File.Insert(Number(row), Bytes(row));
        Assert.True(File.TryFirst(_page));
        Assert.Equal(Number(0), _page.Key(0));
        for (var row = 0L; row < 998; row++)
        {
            Assert.True(File.TryNext(Number(row), _page));
            Assert.Equal(Number((row / 2 * 2) + 2), _page.Key(0));
            Assert.Equal(1, _page.Count);
        }
        Assert.False(File.TryNext(Number(998), _page));
        Assert.True(File.TryLast(_page));
        Assert.Equal(Number(998), _page.Key(0));
        for (var row = 998L; row > 0; row--)
        {
            Assert.True(File.TryPrevious(Number(row), _page));
            Assert.Equal(Number((row - 1) / 2 * 2), _page.Key(0));
        }
        Assert.False(File.TryPrevious(Number(0), _page));
    }

    [Fact]
    public void Steps_skip_leaves_that_have_been_emptied()
    {
        for (var row = 0L; row < 3_000; row++)
            File.Insert(Number(row), Bytes(row));
        for (var row = 100L; row < 2_900; row++)
            Assert.True(File.Delete(Number(row)));
        Assert.True(File.TryNext(Number(99), _page));
        Assert.Equal(Number(2_900), _page.Key(0));
        Assert.True(File.TryPrevious(Number(2_900), _page));
        Assert.Equal(Number(99), _page.Key(0));
        Assert.Equal(200, File.Range().Count);
        for (var row = 100L; row < 2_900; row++)
            File.Insert(Number(row), Bytes(row));
        var nodes = File.Verify().Nodes;
        for (var row = 0L; row < 3_000; row++)
            File.Delete(Number(row));
        for (var row = 0L; row < 3_000; row++)
            File.Insert(Number(row), Bytes(row));
        Assert.Equal(nodes, File.Verify().Nodes);
        _table.RequireSound(rows: 3_000);
    }

    [Fact]
    public void Ascending_keys_fill_their_leaves()
    {
        for (var row = 0L; row < 15_000; row++)
            File.Insert(Number(row), Bytes(row));
        Assert.InRange(File.Verify().Nodes, 1_000, 1_100);
    }

    [Fact]
    public void A_table_is_scanned_by_a_plain_cursor_like_any_other()
    {
        for (var row = 0L; row < 2_000; row++)
            File.Insert(Number(row * 7919 % 2_000), Bytes(row));
        using var reader = TableFile.Open(_table.Path, writable: false);
        Assert.Equal(Enumerable.Range(0, 2_000).Select(row => Convert.ToHexString(Number(row))), reader.Rows().Select(row => Convert.ToHexString(row.Key)));
        Assert.Equal(ReadStatus.Missing, reader.Read(Number(2_000), default, out _));
        Assert.True(reader.Contains(Number(1_999)));
    }

    [Fact]
    public void Operations_on_an_empty_table_find_nothing()
    {
        Assert.Empty(File.Range());
        Assert.Empty(File.Range(backward: true));
        Assert.Null(File.Get("a"u8));
        Assert.False(File.Delete("a"u8));
        Assert.Empty(File.Range());
        Assert.False(File.TryLast(_page));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void An_ordered_table_has_records_whatever_the_sizes()
    {
        Assert.True(File.DecideRowFormat(8, 8));
        Assert.True(File.DecideRowFormat(-1, -1));
        File.Insert(Number(1), Bytes(1));
        File.Insert("another"u8, "row"u8);
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void A_table_without_an_order_refuses_what_needs_one()
    {
        using var set = new TemporaryTable();
        Assert.Throws<TableKindException>(() => set.File.Range());
    }

    [Fact]
    public void A_file_says_that_it_needs_a_program_that_knows_ordered_tables()
    {
        var header = new byte[TableGeometry.HeaderBytes];
        using (var file = new FileStream(_table.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            file.ReadExactly(header);
        Assert.Equal(TableHeader.OrderedFeature, BitConverter.ToUInt64(header, 16));
    }

    private void Step(Random random, OrderedModel model, string shape, int i)
    {
        var key = Key(random, shape);
        switch (random.Next(9))
        {
            case 0 or 1:
                Assert.Equal(model.Remove(key), File.Delete(key));
                break;
            case 2:
                var destination = new byte[100];
                var status = File.Take(key, destination, out var length);
                Assert.Equal(model[key] is { } taken ? Convert.ToHexString(taken) : null, status == ReadStatus.Found ? Convert.ToHexString(destination, 0, length) : null);
                model.Remove(key);
                break;
            case 3:
                var isNew = model[key] is null;
                Assert.Equal(isNew, File.InsertNew(key, Pattern(9, i)));
                model[key] = isNew ? Pattern(9, i) : model[key];
                break;
            case 4:
                Commit(random, model, shape, i);
                break;
            case 5:
                Assert.Equal(model[key], File.Get(key));
                break;
            default:
                model[key] = Pattern(random.Next(40), i);
                File.Insert(key, model[key]);
                break;
        }
    }

    private void Commit(Random random, OrderedModel model, string shape, int i)
    {
        var plan = new BatchPlan();
        for (var rows = random.Next(20); rows > 0; rows--)
        {
            var key = Key(random, shape);
            if (random.Next(3) == 0)
            {
                plan.Delete(key);
                model.Remove(key);
            }
            else
            {
                model[key] = Pattern(8 + random.Next(2), i + rows);
                plan.Insert(key, model[key]);
            }
        }
        Assert.True(File.Commit(plan));
    }

    private static byte[] Key(Random random, string shape) => shape switch
    {
        "numbers" => Number(random.Next(4_000)),
        "short" => Pattern(random.Next(4), random.Next(40)),
        "zeros" => [.. new byte[random.Next(12)], .. Pattern(random.Next(2), random.Next(3)), .. new byte[random.Next(12)]],
        "wide" => [.. Enumerable.Repeat((byte)random.Next(3), 300), (byte)random.Next(200)],
        _ => Bytes($"customers/{random.Next(50)}/orders/{random.Next(50)}"),
    };

    private static byte[] Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
