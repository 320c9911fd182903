using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Writers of one key of a bag among each other, and readers beside them.</summary>
public sealed class BagConcurrencyTests : IDisposable
{
    private const int Writers = 4;
    private const int Rounds = 400;

    private readonly TemporaryTable _table = new(kind: TableKind.Bag);

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Writers_of_one_key_lose_nothing_and_each_ones_objects_stay_in_order()
    {
        Parallel.For(0, Writers, writer =>
        {
            using var file = TableFile.Open(_table.Path, writable: true);
            for (var round = 0; round < Rounds; round++)
                file.Insert("k", $"{writer} {round}");
        });
        var objects = File.Lookup("k");
        Assert.Equal(Writers * Rounds, objects.Count);
        for (var writer = 0; writer < Writers; writer++)
            Assert.Equal(Enumerable.Range(0, Rounds).Select(round => $"{writer} {round}"), objects.Where(value => value.StartsWith($"{writer} ", StringComparison.Ordinal)));
        _table.RequireSound(rows: Writers * Rounds);
    }

    [Fact]
    public void Each_object_of_a_key_is_taken_once()
    {
        var taken = new List<string>[Writers];
        Parallel.For(0, Writers, writer =>
        {
            taken[writer] = [];
            for (var round = 0; round < Rounds; round++)
            {
                File.Insert("k", $"{writer} {round}");
                if (round % 10 == writer)
                    taken[writer].AddRange(File.Take("k"));
            }
        });
        var all = taken.SelectMany(objects => objects).Concat(File.Take("k")).ToList();
        Assert.Equal(Writers * Rounds, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
        _table.RequireSound(rows: 0);
    }

    [Fact]
    public async Task A_reader_sees_the_objects_of_a_batch_together_or_none_of_them()
    {
        using var stop = new CancellationTokenSource();
        var reader = _table.OpenAgain(writable: false);
        var readers = Task.Run(() =>
        {
            var page = new ScanPage();
            while (!stop.IsCancellationRequested)
            {
                reader.Lookup("k"u8, page);
                for (var row = 0; row < page.Count; row++)
                    Assert.Equal(row % 3, BitConverter.ToInt64(page.Value(row)) % 3);
                Assert.Equal(0, page.Count % 3);
            }
        });
        var plan = new BatchPlan();
        for (var round = 0L; round < 1_500; round += 3)
        {
            plan.Clear();
            if (round > 30)
            {
                for (var value = round - 30; value < round - 27; value++)
                    plan.DeleteObject("k"u8, Bytes(value));
            }
            for (var value = round; value < round + 3; value++)
                plan.Insert("k"u8, Bytes(value));
            File.Commit(plan);
        }
        await stop.CancelAsync();
        await readers;
        Assert.Equal(0, reader.ReaderWaits);
    }

    [Fact]
    public async Task A_scan_sees_each_object_that_stays_exactly_once_while_others_come_and_go()
    {
        for (var key = 0; key < 200; key++)
        {
            for (var value = 0; value < 5; value++)
                File.Insert($"key {key}", $"stays {value}");
        }
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                File.Insert($"key {round % 300}", "comes and goes");
                File.DeleteObject($"key {round * 7 % 300}", "comes and goes");
            }
        });
        using var reader = TableFile.Open(_table.Path, writable: false);
        for (var pass = 0; pass < 20; pass++)
        {
            var rows = reader.ScanAll();
            for (var key = 0; key < 200; key++)
                Assert.Equal(Enumerable.Range(0, 5).Select(value => $"stays {value}"), rows[$"key {key}"].Where(value => value != "comes and goes"));
        }
        await stop.CancelAsync();
        await writer;
        _table.RequireSound();
    }
}
