using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>What bags of both kinds have in common.</summary>
public abstract class BagTableTests(TableKind kind) : IDisposable
{
    private protected readonly TemporaryTable _table = new(kind: kind);

    private protected TableFile File => _table.File;

    public void Dispose()
    {
        _table.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_objects_of_a_key_come_in_the_order_of_their_insertion()
    {
        for (var value = 0; value < 100; value++)
            File.Insert("k", $"{value * 37 % 100}");
        Assert.Equal(Enumerable.Range(0, 100).Select(value => $"{value * 37 % 100}"), File.Lookup("k"));
        Assert.Equal(100, File.Count);
        _table.RequireSound(rows: 100);
    }

    [Fact]
    public void A_key_is_there_as_long_as_it_has_objects()
    {
        Assert.False(File.Contains("k"u8));
        Assert.Empty(File.Lookup("k"));
        File.Insert("k", "a");
        Assert.True(File.Contains("k"u8));
        Assert.False(File.Contains("kk"u8));
        Assert.Equal(1, File.DeleteObject("k", "a"));
        Assert.False(File.Contains("k"u8));
        Assert.Equal(0, File.Count);
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Insert_new_looks_at_the_key_and_not_at_the_object()
    {
        Assert.True(File.InsertNew("k", "a"));
        Assert.False(File.InsertNew("k", "b"));
        Assert.Equal(["a"], File.Lookup("k"));
    }

    [Fact]
    public void Insert_new_of_a_list_looks_at_the_table_and_not_into_the_list()
    {
        Assert.True(File.Commit(plan => { plan.Insert("k", "a"); plan.Insert("k", "b"); plan.Insert("l", "c"); }, onlyIfAllNew: true));
        Assert.Equal(["a", "b"], File.Lookup("k"));
        Assert.False(File.Commit(plan => { plan.Insert("m", "a"); plan.Insert("l", "d"); }, onlyIfAllNew: true));
        Assert.False(File.Contains("m"u8));
        Assert.Equal(["c"], File.Lookup("l"));
        Assert.Equal(3, File.Count);
    }

    [Fact]
    public void Deleting_an_object_leaves_the_order_of_the_others()
    {
        foreach (var value in (string[])["c", "a", "d", "b"])
            File.Insert("k", value);
        Assert.Equal(1, File.DeleteObject("k", "d"));
        Assert.Equal(0, File.DeleteObject("k", "d"));
        Assert.Equal(0, File.DeleteObject("x", "d"));
        Assert.Equal(["c", "a", "b"], File.Lookup("k"));
        _table.RequireSound(rows: 3);
    }

    [Fact]
    public void Deleting_a_key_removes_all_its_objects()
    {
        for (var value = 0; value < 200; value++)
            File.Insert("k", $"{value}");
        File.Insert("kk", "stays");
        Assert.True(File.Delete("k"));
        Assert.False(File.Delete("k"));
        Assert.Empty(File.Lookup("k"));
        Assert.Equal(["stays"], File.Lookup("kk"));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void Taking_a_key_returns_its_objects_in_order_and_removes_them()
    {
        foreach (var value in (string[])["c", "a", "b"])
            File.Insert("k", value);
        Assert.Equal(["c", "a", "b"], File.Take("k"));
        Assert.Empty(File.Take("k"));
        File.Insert("k", "again");
        Assert.Equal(["again"], File.Take("k"));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_batch_takes_its_operations_in_their_order_for_each_key()
    {
        File.Insert("k", "old");
        File.Insert("l", "old");
        File.Insert("n", "old");
        File.Commit(plan =>
        {
            plan.Insert("k", "a");
            plan.Delete("l");
            plan.DeleteObject("k", "old");
            plan.Insert("l", "b");
            plan.Insert("k", "c");
            plan.Insert("m", "gone");
            plan.DeleteObject("k", "a");
            plan.Insert("k", "old");
            plan.Delete("m");
            plan.DeleteObject("n", "old");
        });
        Assert.Equal(["c", "old"], File.Lookup("k"));
        Assert.Equal(["b"], File.Lookup("l"));
        Assert.Empty(File.Lookup("m"));
        Assert.Empty(File.Lookup("n"));
        Assert.Equal(3, File.Count);
        _table.RequireSound(rows: 3);
    }

    [Fact]
    public void Keys_that_begin_alike_do_not_mix()
    {
        var keys = new[] { "", "\0", "\0\0", "a", "a\0", "a\u0001", "ab", new string('a', 300), new string('a', 301) };
        foreach (var value in (string[])["1", "2"])
        {
            foreach (var key in keys)
                File.Insert(key, value + key.Length);
        }
        foreach (var key in keys)
            Assert.Equal([$"1{key.Length}", $"2{key.Length}"], File.Lookup(key));
        Assert.True(File.Delete("a"));
        Assert.Equal(keys.Where(key => key != "a").Order(StringComparer.Ordinal), File.ScanAll().Keys.Order(StringComparer.Ordinal));
        _table.RequireSound(rows: 16);
    }

    [Fact]
    public void Empty_and_long_objects_are_kept()
    {
        byte[][] objects = [[], new byte[8], Pattern(100), Pattern(70_000), new byte[16 << 20]];
        var page = new ScanPage();
        foreach (var value in objects)
            File.Insert("k"u8, value);
        Assert.Equal(objects.Length, File.Lookup("k"u8, page));
        for (var row = 0; row < objects.Length; row++)
            Assert.True(page.Value(row).SequenceEqual(objects[row]));
        Assert.Equal(1, File.DeleteObject("k"u8, objects[3]));
        Assert.Equal(1, File.DeleteObject("k"u8, []));
        _table.RequireSound(rows: 3);
    }

    [Fact]
    public void The_longest_key_is_kept_and_a_longer_one_is_refused_by_name()
    {
        var key = Pattern(BagKey.MaximumBytes);
        var page = new ScanPage();
        File.Insert(key, "a"u8);
        File.Insert(key, "b"u8);
        Assert.Equal(2, File.Lookup(key, page));
        Assert.True(page.Key(1).SequenceEqual(key));
        Assert.Equal(1, File.DeleteObject(key, "a"u8));
        var longer = Pattern(BagKey.MaximumBytes + 1);
        Assert.Contains($"{BagKey.MaximumBytes}", Assert.Throws<KeyTooLargeException>(() => File.Insert(longer, "a"u8)).Message, StringComparison.Ordinal);
        Assert.Throws<KeyTooLargeException>(() => File.Commit(plan => plan.Insert(longer, "a"u8)));
        Assert.Throws<KeyTooLargeException>(() => File.Delete(longer));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void Operations_that_need_one_row_a_key_are_refused_with_the_remedy()
    {
        File.Insert("k", "a");
        var buffer = new byte[8];
        Action[] refused =
        [
            () => File.Read("k"u8, buffer, out _),
            () => File.Take("k"u8, buffer, out _),
            () => File.UpdateCounter("k"u8, 1, 0, Long),
            () => File.CompareExchange("k"u8, "a"u8, "b"u8),
            () => File.Commit(plan => plan.UpdateCounter("k"u8, 1, 0)),
            () => { var cursor = default(RangeCursor); File.ScanRange(ref cursor, KeyBound.None, KeyBound.None, backward: false, new ScanPage()); },
        ];
        foreach (var operation in refused)
            Assert.Throws<TableKindException>(operation);
        Assert.Equal(["a"], File.Lookup("k"));
        _table.RequireSound(rows: 1);
    }

    [Fact]
    public void Steps_from_key_to_key_come_by_each_key_once_in_either_direction()
    {
        var page = new ScanPage();
        Assert.False(File.TryFirst(page));
        Assert.False(File.TryLast(page));
        for (var key = 0; key < 50; key++)
        {
            for (var value = 0; value <= key; value++)
                File.Insert($"{key}", $"{value}");
        }
        var forward = new List<string>();
        for (var more = File.TryFirst(page); more; more = File.TryNext(page.Key(0).ToArray(), page))
        {
            forward.Add(System.Text.Encoding.UTF8.GetString(page.Key(0)));
            Assert.Equal(int.Parse(forward[^1]) + 1, page.Count);
        }
        Assert.Equal(50, forward.Distinct().Count());
        Assert.Equal(50, forward.Count);
        var backward = new List<string>();
        for (var more = File.TryLast(page); more; more = File.TryPrevious(page.Key(0).ToArray(), page))
            backward.Add(System.Text.Encoding.UTF8.GetString(page.Key(0)));
        Assert.Equal(forward.AsEnumerable().Reverse(), backward);
    }

    [Fact]
    public void A_scan_brings_each_key_with_all_its_objects_in_order()
    {
        for (var value = 0; value < 300; value++)
        {
            for (var key = 0; key < 20; key++)
                File.Insert($"key {key}", $"{value}");
        }
        var rows = File.ScanAll();
        Assert.Equal(20, rows.Count);
        Assert.All(rows.Values, values => Assert.Equal(Enumerable.Range(0, 300).Select(value => $"{value}"), values));
    }

    [Fact]
    public void A_read_only_process_sees_what_another_has_written_and_stores_nothing()
    {
        File.Insert("k", "b");
        File.Insert("k", "a");
        var reader = _table.OpenAgain(writable: false);
        Assert.Equal(["b", "a"], reader.Lookup("k"));
        Assert.Equal(2, reader.ScanAll().Values.Single().Count);
        Assert.Equal(2, reader.Count);
        Assert.Throws<TableAccessException>(() => reader.Insert("k", "c"));
        Assert.Equal(0, reader.ReaderWaits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_operations_leave_what_a_list_for_each_key_holds(int seed)
    {
        var random = new Random(seed);
        var model = new BagModel(kind);
        for (var step = 0; step < 6_000; step++)
            Step(random, model);
        foreach (var key in Enumerable.Range(0, 30).Select(number => $"key {number}"))
            Assert.Equal(model[key], File.Lookup(key));
        Assert.Equal(model.Keys.ToDictionary(key => key, key => model[key].ToList()), File.ScanAll());
        Assert.Equal(model.Count, File.Count);
        _table.RequireSound(rows: model.Count);
    }

    private void Step(Random random, BagModel model)
    {
        var key = $"key {random.Next(30)}";
        var value = new string('v', random.Next(20)) + random.Next(12);
        switch (random.Next(20))
        {
            case 0:
                Assert.Equal(model.Take(key), File.Take(key));
                break;
            case 1:
                Assert.Equal(model.Take(key).Count != 0, File.Delete(key));
                break;
            case < 6:
                Assert.Equal(model.DeleteObject(key, value), File.DeleteObject(key, value));
                break;
            case 6:
                Assert.Equal(model.InsertNew(key, value), File.InsertNew(key, value));
                break;
            case 7:
                CommitSome(random, model);
                break;
            default:
                model.Insert(key, value);
                File.Insert(key, value);
                break;
        }
    }

    private void CommitSome(Random random, BagModel model)
    {
        var plan = new BatchPlan();
        for (var operations = random.Next(20); operations > 0; operations--)
        {
            var key = $"key {random.Next(30)}";
            var value = $"{random.Next(6)}";
            switch (random.Next(8))
            {
                case 0:
                    model.Take(key);
                    plan.Delete(key);
                    break;
                case 1:
                    model.DeleteObject(key, value);
                    plan.DeleteObject(key, value);
                    break;
                default:
                    model.Insert(key, value);
                    plan.Insert(key, value);
                    break;
            }
        }
        Assert.True(File.Commit(plan));
    }
}
