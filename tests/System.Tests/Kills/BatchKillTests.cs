using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

[Collection(ProcessTests.Name)]
public sealed class BatchKillTests : IDisposable
{
    private const int Keys = 24;
    private const int Kills = 20;
    private const int WriterPlace = 0;
    private const int ReaderPlace = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private readonly SharedCounters _counters;
    private readonly TableFile _table;
    private readonly Randomness _random = new(KillSettings.Seed);

    public BatchKillTests(ITestOutputHelper output)
    {
        _output = output;
        _output.WriteLine($"seed {KillSettings.Seed}");
        _counters = SharedCounters.Create(_folder["acknowledged"]);
        _table = TableFile.Create(_folder["batches.ets"], "batches", 1, new TableFileOptions { Access = TableAccess.Public });
    }

    [Theory]
    [InlineData("group")]
    [InlineData("#group")]
    public void Readers_see_all_of_a_batch_or_nothing_of_it_before_and_after_its_writer_is_killed(string domain)
    {
        var group = new RowGroup(domain, Keys);
        if (RowKeys.IsCompact(domain))
            _table.DecideRowFormat(Stamp.Small, Stamp.Small);
        using var reader = Start("batch-reader", domain, ReaderPlace);
        using var writers = new PeerPool(2, () => Start("batch-writer", domain, WriterPlace));
        reader.WaitFor("ready");
        var number = 0L;
        var done = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = KillOne(writers, number);
            var seen = RequireOneNumber(group, acknowledged);
            Assert.Equal(1, _table.RecoverDead());
            Assert.Equal(seen, RequireOneNumber(group, acknowledged));
            var report = _table.Verify();
            Assert.True(report.IsSound, report.ToString());
            Assert.Equal(Keys, report.Rows);
            done += (int)(seen - acknowledged);
            number = seen;
            var reads = _counters[ReaderPlace];
            Wait.Until(() => _counters[ReaderPlace] > reads + Keys, () => $"the reader to go on. {reader.Transcript()}");
        }
        reader.Say($"stop");
        _output.WriteLine(reader.WaitFor("done"));
        _output.WriteLine($"{Kills} kills, {number} batches, {done} done and not acknowledged");
        Assert.True(_counters[ReaderPlace + 1] == 0, reader.Transcript());
    }

    public void Dispose()
    {
        _table.Dispose();
        _counters.Dispose();
        _folder.Dispose();
    }

    private PeerProcess Start(string command, string domain, int place) => PeerProcess.Start(
        command, "--file", _folder["batches.ets"], "--domain", domain, "--counters", _folder["acknowledged"], "--place", $"{place}", "--keys", $"{Keys}");

    private long KillOne(PeerPool writers, long last)
    {
        using var writer = writers.Take();
        _counters[WriterPlace] = last;
        writer.Say($"go {last + 1}");
        var enough = last + 1 + _random.Below(2000);
        Wait.Until(() => _counters[WriterPlace] >= enough || writer.HasExited, () => $"batch {enough}. {writer.Transcript()}");
        Wait.Instructions(_random.Below(500));
        writer.Kill();
        Assert.True(_counters[WriterPlace] >= enough, writer.Transcript());
        return _counters[WriterPlace];
    }

    /// <summary>All rows have the number of the last batch that was acknowledged, or all that of the one in flight.</summary>
    private long RequireOneNumber(RowGroup group, long acknowledged)
    {
        var numbers = Enumerable.Range(0, Keys).Select(row => group.Read(_table, row)).ToArray();
        Assert.True(numbers.All(number => number == numbers[0]), $"The rows have {string.Join(", ", numbers)}.");
        Assert.InRange(numbers[0], acknowledged, acknowledged + 1);
        Assert.Equal(numbers[0], group.ReadOldest(_table));
        return numbers[0];
    }
}
