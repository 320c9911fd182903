using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>The same kills for both forms of rows.</summary>
public abstract class KilledWriterTests<TGround>(TGround ground, ITestOutputHelper output) where TGround : KillGround
{
    [Theory]
    [InlineData("Insert")]
    [InlineData("Overwrite")]
    [InlineData("Delete")]
    [InlineData("Counter")]
    [InlineData("Batch")]
    [InlineData("Mixed")]
    public void A_writer_killed_at_a_random_instant_leaves_what_it_acknowledged_and_its_last_operation_whole_or_absent(string mode)
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        var (acknowledged, done) = (ground.Acknowledged, ground.Done);
        var kills = (KillSettings.Kills + 11) / 12;
        for (var kill = 0; kill < kills; kill++)
            ground.KillOne(Enum.Parse<WorkloadMode>(mode));
        output.WriteLine($"{kills} kills, {ground.Acknowledged - acknowledged} operations acknowledged, {ground.Done - done} done and not acknowledged");
    }

    [Fact]
    public void A_reader_goes_on_over_the_kills_and_sees_no_torn_row_and_misses_none()
    {
        const int Place = 100;
        output.WriteLine($"seed {KillSettings.Seed}");
        using var reader = PeerProcess.Start(
            "reader", "--file", ground.TablePath, "--counters", ground.CountersPath, "--place", $"{Place}", "--domain", ground.Domain, "--rows", $"{KillGround.Rows}");
        reader.WaitFor("ready");
        for (var kill = 0; kill < 12; kill++)
        {
            ground.KillOne(WorkloadMode.Mixed);
            var before = ground.Counters[Place];
            Wait.Until(() => ground.Counters[Place] > before + 100, () => $"the reader to go on. {reader.Transcript()}");
        }
        reader.Say($"stop");
        output.WriteLine(reader.WaitFor("done"));
        Assert.True(ground.Counters[Place + 1] == 0, reader.Transcript());
    }
}
