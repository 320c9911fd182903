using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>The same kills for both forms of rows.</summary>
public abstract class KilledWriterTests<TGround>(TGround ground, ITestOutputHelper output) where TGround : KillGround
{
    private const int KillsUnderAReader = 12;

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
        for (var kill = 0; kill < KillSettings.KillsPerMode; kill++)
            ground.KillOne(Enum.Parse<WorkloadMode>(mode));
        (acknowledged, done) = (ground.Acknowledged - acknowledged, ground.Done - done);
        output.WriteLine($"{KillSettings.KillsPerMode} kills, {acknowledged} operations acknowledged, {done} done and not acknowledged");
    }

    [Fact]
    public void A_reader_goes_on_over_the_kills_and_sees_no_torn_row_none_twice_and_misses_none()
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        using var reader = ground.StartReader();
        for (var kill = 0; kill < KillsUnderAReader; kill++)
        {
            ground.KillOne(WorkloadMode.Mixed);
            reader.RequireProgress();
        }
        output.WriteLine(reader.Stop());
    }
}
