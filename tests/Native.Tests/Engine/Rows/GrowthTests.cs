using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class GrowthTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_table_grows_through_many_splits_and_keeps_every_row()
    {
        const int Rows = 60_000;
        for (var row = 0; row < Rows; row++)
            File.Insert(Bytes(row), Bytes(row * 3L));
        for (var row = 0; row < Rows; row++)
            Assert.Equal(row * 3L, File.GetLong(Bytes(row)));
        Assert.False(File.Contains(Bytes((long)Rows)));
        var report = File.Verify();
        Assert.True(report.IsSound, report.ToString());
        Assert.Equal(Rows, report.Rows);
        Assert.InRange(report.Buckets, Rows / 8, Rows / 3);
        Assert.Equal(report.SlabBytes, report.ReachableBytes + report.FreeBytes + report.OverheadBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_program_of_operations_gives_what_a_dictionary_gives(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<string, byte[]>();
        var plan = new BatchPlan();
        for (var step = 0; step < 20_000; step++)
        {
            var key = RandomKey(random);
            var name = Convert.ToHexString(key);
            switch (random.Next(10))
            {
                case < 4:
                    var value = Pattern(RandomLength(random), step);
                    File.Insert(key, value);
                    model[name] = value;
                    break;
                case 4:
                    Assert.Equal(model.TryAdd(name, [1, 2, 3]), File.InsertNew(key, [1, 2, 3]));
                    break;
                case 5:
                    Assert.Equal(model.Remove(name), File.Delete(key));
                    break;
                case 6:
                    var destination = new byte[5_000];
                    var status = File.Take(key, destination, out var length);
                    Assert.Equal(model.Remove(name, out var taken) ? taken : null, status == ReadStatus.Found ? destination[..length] : null);
                    break;
                case 7:
                    plan.Clear();
                    for (var i = random.Next(6); i >= 0; i--)
                        AddToBatch(random, plan, model, step);
                    Assert.True(File.Commit(plan));
                    break;
                default:
                    Assert.Equal(model.GetValueOrDefault(name), File.Get(key));
                    break;
            }
        }
        Assert.Equal(model.Count, File.Count);
        Assert.Equal(
            model.Select(row => (row.Key, Convert.ToHexString(row.Value))).Order(),
            File.Rows().Select(row => (Convert.ToHexString(row.Key), Convert.ToHexString(row.Value))).Order());
        _table.RequireSound(rows: model.Count);
    }

    [Fact]
    public void Bytes_do_not_grow_when_the_same_rows_come_and_go()
    {
        const int Rows = 500;
        long settled = 0;
        for (var round = 0; round < 100; round++)
        {
            for (var row = 0; row < Rows; row++)
                File.Insert(Bytes(row), Pattern(100, row));
            for (var row = 0; row < Rows; row++)
                Assert.True(File.Delete(Bytes(row)));
            if (round == 5)
                settled = File.BytesUsed;
            else if (round > 5)
                Assert.Equal(settled, File.BytesUsed);
        }
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void Bytes_do_not_grow_when_batches_and_replacements_of_other_lengths_go_on()
    {
        var plan = new BatchPlan();
        long settled = 0;
        for (var round = 0; round < 100; round++)
        {
            plan.Clear();
            for (var row = 0; row < 200; row++)
            {
                if ((row + round) % 3 == 0)
                    plan.Delete(Bytes(row));
                else
                    plan.Insert(Bytes(row), Pattern(20 + (row + round) % 4 * 40, row));
            }
            File.Commit(plan);
            if (round == 20)
                settled = File.BytesUsed;
            else if (round > 20)
                Assert.Equal(settled, File.BytesUsed);
        }
        _table.RequireSound();
    }

    [Fact]
    public void What_one_participant_deletes_another_can_use()
    {
        var other = _table.OpenAgain();
        long settled = 0;
        for (var round = 0; round < 40; round++)
        {
            for (var row = 0; row < 2_000; row++)
                File.Insert(Bytes(row), Pattern(100, row));
            for (var row = 0; row < 2_000; row++)
                Assert.True(other.Delete(Bytes(row)));
            if (round == 5)
                settled = File.BytesUsed;
        }
        Assert.InRange(File.BytesUsed, settled, settled + (256 << 10));
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public void A_table_opened_again_has_its_rows()
    {
        for (var row = 0; row < 5_000; row++)
            File.Insert(Bytes(row), Bytes(row));
        File.Dispose();
        var again = _table.OpenAgain();
        Assert.Equal(5_000, again.Count);
        for (var row = 0; row < 5_000; row++)
            Assert.Equal(row, again.GetLong(Bytes(row)));
        again.Insert(Bytes(5_000L), Bytes(1L));
        Assert.True(again.Verify().IsSound);
    }

    private static byte[] RandomKey(Random random) => Pattern(random.Next(20), random.Next(60));

    private static int RandomLength(Random random) => random.Next(4) == 0 ? random.Next(4_000) : random.Next(12);

    private static void AddToBatch(Random random, BatchPlan plan, Dictionary<string, byte[]> model, int step)
    {
        var key = RandomKey(random);
        if (random.Next(3) == 0)
        {
            plan.Delete(key);
            model.Remove(Convert.ToHexString(key));
        }
        else
        {
            var value = Pattern(RandomLength(random), step);
            plan.Insert(key, value);
            model[Convert.ToHexString(key)] = value;
        }
    }
}
