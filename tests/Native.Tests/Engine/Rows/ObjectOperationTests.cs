using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Operations that look at key and value, on every way in which a table of one row a key keeps its rows.</summary>
public sealed class ObjectOperationTests : IDisposable
{
    private readonly ScanPage _page = new();
    private TemporaryTable? _table;

    public static TheoryData<string> Formats => ["records", "entries", "ordered"];

    public void Dispose() => _table?.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Deleting_an_object_removes_the_row_only_if_all_of_it_is_equal(string format)
    {
        var file = Open(format);
        file.Insert(Bytes(1L), Bytes(10L));
        Assert.Equal(0, file.DeleteObject(Bytes(1L), Bytes(11L)));
        Assert.Equal(0, file.DeleteObject(Bytes(1L), Bytes(10L).AsSpan(0, 7)));
        Assert.Equal(0, file.DeleteObject(Bytes(2L), Bytes(10L)));
        Assert.True(file.Contains(Bytes(1L)));
        Assert.Equal(1, file.DeleteObject(Bytes(1L), Bytes(10L)));
        Assert.False(file.Contains(Bytes(1L)));
        _table!.RequireSound(rows: 0);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Compare_exchange_replaces_the_expected_value_and_no_other(string format)
    {
        var file = Open(format);
        Assert.False(file.CompareExchange(Bytes(1L), Bytes(10L), Bytes(11L)));
        Assert.False(file.Contains(Bytes(1L)));
        file.Insert(Bytes(1L), Bytes(10L));
        Assert.True(file.CompareExchange(Bytes(1L), Bytes(10L), Bytes(11L)));
        Assert.False(file.CompareExchange(Bytes(1L), Bytes(10L), Bytes(12L)));
        Assert.Equal(Bytes(11L), file.Get(Bytes(1L)));
        _table!.RequireSound(rows: 1);
    }

    [Theory]
    [InlineData("records")]
    [InlineData("ordered")]
    public void Compare_exchange_takes_values_of_any_length(string format)
    {
        var file = Open(format);
        file.Insert("k"u8, Pattern(3000));
        Assert.False(file.CompareExchange("k"u8, Pattern(3001), Pattern(5000)));
        Assert.True(file.CompareExchange("k"u8, Pattern(3000), Pattern(5000)));
        Assert.True(file.CompareExchange("k"u8, Pattern(5000), []));
        Assert.True(file.CompareExchange("k"u8, [], "short"u8));
        Assert.Equal("short"u8.ToArray(), file.Get("k"u8));
        _table!.RequireSound(rows: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Of_many_that_compare_and_exchange_one_value_each_wins_as_often_as_it_moved(string format)
    {
        const int Rounds = 2_000;
        var file = Open(format);
        var instances = Enumerable.Range(0, 3).Select(_ => _table!.OpenAgain()).ToArray();
        file.Insert(Bytes(1L), Bytes(0L));
        var won = await Task.WhenAll(instances.Select(instance => Task.Run(() => Enumerable.Range(0, Rounds).Count(_ => TryIncrement(instance)))));
        Assert.Equal(won.Sum(), BitConverter.ToInt64(file.Get(Bytes(1L))));
        Assert.True(won.Sum() >= Rounds);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lookup_and_take_bring_the_row_in_a_page(string format)
    {
        var file = Open(format);
        file.Insert(Bytes(1L), Bytes(10L));
        Assert.Equal(0, file.Lookup(Bytes(2L), _page));
        Assert.Equal(0, _page.Count);
        Assert.Equal(1, file.Lookup(Bytes(1L), _page));
        Assert.Equal((1L, 10L), (BitConverter.ToInt64(_page.Key(0)), BitConverter.ToInt64(_page.Value(0))));
        Assert.Equal(1, file.Take(_page.Key(0), _page));
        Assert.Equal((1L, 10L), (BitConverter.ToInt64(_page.Key(0)), BitConverter.ToInt64(_page.Value(0))));
        Assert.Equal(0, file.Take(Bytes(1L), _page));
        _table!.RequireSound(rows: 0);
    }

    [Fact]
    public void Lookup_and_take_bring_a_value_of_any_length()
    {
        var file = Open("records");
        file.Insert("k"u8, Pattern(1 << 20));
        Assert.Equal(1, file.Lookup("k"u8, _page));
        Assert.True(_page.Value(0).SequenceEqual(Pattern(1 << 20)));
        Assert.Equal(1, file.Take("k"u8, _page));
        Assert.True(_page.Value(0).SequenceEqual(Pattern(1 << 20)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_batch_deletes_objects_in_bags_only(string format)
    {
        var file = Open(format);
        var plan = new BatchPlan();
        plan.DeleteObject(Bytes(1L), Bytes(10L));
        Assert.Throws<TableKindException>(() => file.Commit(plan));
    }

    private static bool TryIncrement(TableFile file)
    {
        var value = file.Get(Bytes(1L))!;
        return file.CompareExchange(Bytes(1L), value, Bytes(BitConverter.ToInt64(value) + 1));
    }

    private TableFile Open(string format)
    {
        _table = new TemporaryTable(kind: format == "ordered" ? TableKind.OrderedSet : TableKind.Set);
        if (format == "entries")
            Assert.True(_table.File.DecideRowFormat(8, 8));
        return _table.File;
    }
}
