using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Batches that happen only if the table is as they require.</summary>
public sealed class ConditionalBatchTests : IDisposable
{
    private static readonly byte[] Before = "00000001"u8.ToArray();
    private static readonly byte[] After = "00000002"u8.ToArray();

    private CrashTable? _table;

    public static TheoryData<string> Formats => ["records", "entries", "ordered"];

    public void Dispose() => _table?.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_batch_happens_if_every_row_is_as_required(string format)
    {
        var table = Open(format);
        Assert.True(table.Commit(plan =>
        {
            plan.Require(Key(1), Before);
            plan.Insert(Key(1), After);
            plan.RequireMissing(Key(2));
            plan.Insert(Key(2), After);
            plan.Require(Key(3), Before);
            plan.Delete(Key(3));
        }));
        Assert.Equal(["key    1", "key    2"], table.Contents().Keys);
        Assert.All(table.Contents().Values, value => Assert.Equal(Convert.ToHexString(After), value));
        Assert.True(table.Verify().IsSound);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_batch_does_not_happen_if_one_row_has_another_value_or_is_missing_or_there(string format)
    {
        var table = Open(format);
        var rows = table.Contents();
        Action<BatchPlan>[] refused =
        [
            plan => plan.Require(Key(3), After),
            plan => plan.Require(Key(4), Before),
            plan => plan.RequireMissing(Key(3)),
        ];
        foreach (var require in refused)
        {
            Assert.False(table.Commit(plan =>
            {
                foreach (var number in (int[])[1, 2, 3, 4])
                    plan.Insert(Key(number), After);
                require(plan);
            }));
            Assert.Equal(rows, table.Contents());
            Assert.True(table.Verify().IsSound);
        }
    }

    [Fact]
    public void A_writer_of_a_bag_that_always_loses_gives_up_by_name()
    {
        var table = Open("ordered");
        var error = Assert.Throws<TableBusyException>(void () =>
        {
            for (var lost = default(LostRaces); ; lost.Add(table.Writer))
            {
            }
        });
        Assert.Contains("crash", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Key(int number) => CrashScenarios.Bytes($"key    {number}");

    private CrashTable Open(string format)
    {
        _table = new CrashTable(format switch { "entries" => RowFormat.Entries(8, 8), "ordered" => RowFormat.Ordered, _ => RowFormat.Records });
        _table.Attach();
        foreach (var number in (int[])[1, 3])
            _table.Insert($"key    {number}", Before);
        return _table;
    }
}
