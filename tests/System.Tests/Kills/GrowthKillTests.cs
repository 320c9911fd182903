using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

[Collection(ProcessTests.Name)]
public sealed class GrowthKillTests(ITestOutputHelper output)
{
    private const int Kills = 16;
    private const int Rows = 400;
    private const int ReaderPlace = 100;

    [Theory]
    [InlineData("growth")]
    [InlineData("#growth")]
    public void Writers_killed_while_the_table_grows_from_empty_lose_nothing(string domain)
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        using var folder = new TemporaryFolder();
        using var counters = SharedCounters.Create(folder["acknowledged"]);
        using var table = TableFile.Create(folder["growth.ets"], "growth", 1, new TableFileOptions { Access = TableAccess.Public });
        if (RowKeys.IsCompact(domain))
            table.DecideRowFormat(Stamp.Small, Stamp.Small);
        using var writers = new PeerPool(2, () => PeerProcess.Start("writer", "--file", folder["growth.ets"], "--counters", folder["acknowledged"]));
        var stable = InsertStable(table, domain);
        using var reader = PeerProcess.Start(
            "reader", "--file", folder["growth.ets"], "--counters", folder["acknowledged"], "--place", $"{ReaderPlace}", "--domain", domain, "--rows", $"{Rows}");
        reader.WaitFor("ready");
        var random = new Randomness(KillSettings.Seed);
        var written = new List<long>();
        for (var writer = 0; writer < Kills; writer++)
        {
            using var peer = writers.Take();
            var place = writer;
            peer.Say($"go Insert {domain} {writer} {KillSettings.Seed} {Rows} {place} 1");
            var enough = random.Below(30_000);
            Wait.Until(() => counters[place] >= enough || peer.HasExited, () => $"{enough} rows. {peer.Transcript()}");
            peer.Kill();
            Assert.True(counters[place] >= enough, peer.Transcript());

            var context = $"Writer {writer}, {counters[place]} rows acknowledged.";
            Assert.InRange(table.RecoverDead(), enough > 0 ? 1 : 0, 1);
            var report = table.Verify();
            Assert.True(report.IsSound, $"{context} {report}");
            Assert.InRange(report.Rows - stable - written.Sum(), counters[place], counters[place] + 1);
            Assert.Equal(report.Rows, table.Count);
            written.Add(report.Rows - stable - written.Sum());
            RequireRows(table, domain, writer, written[writer]);
        }
        for (var writer = 0; writer < Kills; writer++)
            RequireRows(table, domain, writer, written[writer]);
        reader.Say($"stop");
        output.WriteLine(reader.WaitFor("done"));
        output.WriteLine(table.Verify().ToString());
        Assert.True(counters[ReaderPlace + 1] == 0, reader.Transcript());
    }

    private static int InsertStable(TableFile table, string domain)
    {
        var stamp = new byte[Stamp.Small];
        Stamp.Write(stamp, 0, 0);
        var keys = new RowKeys(domain, Rows).Stable;
        foreach (var key in keys)
            table.Insert(key, stamp);
        return keys.Length;
    }

    private static void RequireRows(TableFile table, string domain, int writer, long count)
    {
        var stream = new OperationStream(WorkloadMode.Insert, domain, (uint)writer, KillSettings.Seed, Rows);
        var value = new byte[Stamp.Most];
        while (stream.Sequence < count)
        {
            var change = stream.Next().Changes[0];
            var status = table.Read(change.Key, value, out var length);
            Assert.True(
                status == ReadStatus.Found && value.AsSpan(0, length).SequenceEqual(change.Value.Span),
                $"Row {stream.Sequence} of writer {writer} is {status}, {length} bytes, where {change.Value.Length} were written.");
        }
    }
}
