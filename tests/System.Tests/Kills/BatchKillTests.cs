using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

[Collection(ProcessTests.Name)]
public sealed class BatchKillTests(ITestOutputHelper output)
{
    private const int Keys = 24;
    private const int Kills = 20;

    [Theory]
    [InlineData("group")]
    [InlineData("#group")]
    public void Readers_see_all_of_a_batch_or_nothing_of_it_before_and_after_its_writer_is_killed(string domain)
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        using var ground = new PeerGround(RowKeys.IsCompact(domain));
        using var reader = ground.StartBatchReader(domain, Keys);
        using var writers = new PeerPool(2, () => ground.StartBatchWriter(domain, Keys));
        var random = new Randomness(KillSettings.Seed);
        var group = new RowGroup(domain, Keys);
        var number = 0L;
        var done = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = KillOne(ground, writers, random, number);
            number = RequireOneNumber(ground, group, acknowledged);
            Assert.Equal(1, ground.Table.RecoverDead());
            Assert.Equal(number, RequireOneNumber(ground, group, acknowledged));
            Assert.Equal(Keys, ground.RequireSound().Rows);
            done += number - acknowledged;
            reader.RequireProgress();
        }
        output.WriteLine(reader.Stop());
        output.WriteLine($"{Kills} kills, {number} batches, {done} done and not acknowledged");
    }

    private static long KillOne(PeerGround ground, PeerPool writers, Randomness random, long last)
    {
        using var writer = writers.Take();
        ground.Counters[0] = last;
        writer.Say($"go {last + 1}");
        ground.WaitForOperation(last + 1 + random.Below(2000), writer);
        Wait.Instructions(random.Below(500));
        writer.Kill();
        return ground.Counters[0];
    }

    /// <summary>All rows have the number of the last batch that was acknowledged, or all that of the one in flight.</summary>
    private static long RequireOneNumber(PeerGround ground, RowGroup group, long acknowledged)
    {
        var numbers = Enumerable.Range(0, Keys).Select(row => group.Read(ground.Table, row)).ToArray();
        Assert.True(numbers.All(number => number == numbers[0]), $"The rows have {string.Join(", ", numbers)}.");
        Assert.InRange(numbers[0], acknowledged, acknowledged + 1);
        Assert.Equal(numbers[0], group.ReadOldest(ground.Table));
        return numbers[0];
    }
}
