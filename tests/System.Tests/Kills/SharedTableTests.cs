using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>
/// Three processes of two threads each write one public table: rows of their own, and rows and counters that all share. One after the
/// other is killed and replaced while the rest goes on.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class SharedTableTests(ITestOutputHelper output)
{
    private const int Processes = 3;
    private const int Kills = 12;
    private const int SharedRows = 16;

    [Theory]
    [InlineData("own")]
    [InlineData("#own")]
    public void Several_writers_lose_nothing_when_one_after_the_other_is_killed(string domain)
    {
        output.WriteLine($"seed {KillSettings.Seed}");
        var shared = RowKeys.SharedDomain(RowKeys.IsCompact(domain));
        var random = new Randomness(KillSettings.Seed);
        using var ground = new PeerGround(RowKeys.IsCompact(domain));
        var stable = ground.InsertStable(shared, SharedRows).Length;
        using var reader = ground.StartReader(shared, SharedRows);
        using var pool = new PeerPool(Processes, ground.StartWriter);
        var writers = Enumerable.Range(0, Processes).Select(process => new WritingProcess(ground, $"{domain}{process}", process)).ToArray();
        foreach (var writer in writers)
            writer.Begin(pool.Take(), random.Next());
        for (var kill = 0; kill < Kills; kill++)
        {
            KillOne(writers[kill % Processes], writers, random);
            writers[kill % Processes].Begin(pool.Take(), random.Next());
        }
        KillAllAtOnce(writers);
        ground.Table.RecoverDead();
        output.WriteLine(reader.Stop());
        output.WriteLine($"{Kills + Processes} kills, {writers.Sum(writer => writer.Checked)} operations acknowledged");
        RequireEnd(ground, writers, shared, stable);
    }

    /// <summary>What the victim had acknowledged is there while the others write, whoever recovers it.</summary>
    private static void KillOne(WritingProcess victim, WritingProcess[] writers, Randomness random)
    {
        var others = writers.Where(writer => writer != victim).ToArray();
        foreach (var other in others)
            other.AllowTurn();
        victim.AllowAll();
        victim.WaitForOperations(random.Below(WritingProcess.Turn));
        victim.Kill();
        foreach (var other in others)
            other.AllowTurn();
        victim.Check();
        foreach (var other in others)
            other.WaitForTurn();
    }

    private static void KillAllAtOnce(WritingProcess[] writers)
    {
        foreach (var writer in writers)
            writer.AllowAll();
        foreach (var writer in writers)
            writer.WaitForOperations(WritingProcess.Turn + 1);
        foreach (var writer in writers)
            writer.Kill();
        foreach (var writer in writers)
            writer.Check();
    }

    private static void RequireEnd(PeerGround ground, WritingProcess[] writers, string shared, int stable)
    {
        var rows = ground.RequireSound().Rows;
        var counters = TableModel.Read(ground.Table, shared).Rows.Where(row => RowKeys.IsCounter(RowKeys.Key(row.Key))).ToArray();
        foreach (var (key, counter) in counters)
        {
            var acknowledged = writers.Sum(writer => writer.AcknowledgedOf(key));
            var most = acknowledged + writers.Sum(writer => writer.PerhapsOf(key));
            Assert.InRange(counter.Number, acknowledged, most);
        }
        foreach (var key in new RowKeys(shared, SharedRows).Stable)
            RequireWhole(ground, key);
        Assert.Equal(writers.Sum(writer => writer.Rows) + stable + counters.Length, rows);
        Assert.All(ground.Table.Participants(), participant => Assert.Equal(Environment.ProcessId, participant.ProcessId));
    }

    private static void RequireWhole(PeerGround ground, byte[] key)
    {
        var value = new byte[Stamp.Most];
        Assert.Equal(ReadStatus.Found, ground.Table.Read(key, value, out var length));
        Assert.True(Stamp.TryRead(value.AsSpan(0, length), out _, out _), $"{RowKeys.Describe(key)} is torn.");
    }
}
