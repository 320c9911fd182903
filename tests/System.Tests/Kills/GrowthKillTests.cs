using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

[Collection(ProcessTests.Name)]
public sealed class GrowthKillTests(ITestOutputHelper output)
{
    private const int Kills = 16;
    private const int MostRowsOfAWriter = 30_000;
    private const int Rows = 400;

    [Theory]
    [InlineData("growth")]
    [InlineData("#growth")]
    public void Writers_killed_while_the_table_grows_from_empty_lose_nothing(string domain)
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        using var ground = new PeerGround(RowKeys.IsCompact(domain));
        var total = (long)ground.InsertStable(domain, Rows).Length;
        using var reader = ground.StartReader(domain, Rows);
        using var writers = new PeerPool(2, ground.StartWriter);
        var random = new Randomness(KillSettings.Seed);
        var written = new long[Kills];
        for (var writer = 0; writer < Kills; writer++)
        {
            using var peer = writers.Take();
            peer.Say($"go Insert {domain} {writer} {KillSettings.Seed} {Rows} {writer} 1");
            ground.WaitForOperation(1 + random.Below(MostRowsOfAWriter), peer, writer);
            peer.Kill();
            Assert.Equal(1, ground.Table.RecoverDead());
            written[writer] = ground.RequireSound().Rows - total;
            Assert.InRange(written[writer], ground.Counters[writer], ground.Counters[writer] + 1);
            total += written[writer];
            RequireRows(ground.Table, domain, writer, written[writer]);
            reader.RequireProgress();
        }
        for (var writer = 0; writer < Kills; writer++)
            RequireRows(ground.Table, domain, writer, written[writer]);
        output.WriteLine($"{Kills} kills, {ground.Table.Verify()}");
        output.WriteLine(reader.Stop());
    }

    private static void RequireRows(TableFile table, string domain, int writer, long count)
    {
        var stream = new OperationStream(WorkloadMode.Insert, domain, (uint)writer, KillSettings.Seed, Rows);
        var value = new byte[Stamp.Most];
        while (stream.Sequence < count)
        {
            var operation = stream.Next();
            var change = operation.Changes[0];
            var status = table.Read(change.Key, value, out var length);
            Assert.True(
                status == ReadStatus.Found && value.AsSpan(0, length).SequenceEqual(operation.ValueOf(change)),
                $"Row {stream.Sequence} of writer {writer} is {status}, {length} bytes, where {change.ValueLength} were written.");
        }
    }
}
