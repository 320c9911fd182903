using System.Diagnostics;
using System.Globalization;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>Two containers that share a table: each has its own processes' ids, and both writers are process 1.</summary>
[Collection(ProcessTests.Name)]
public sealed class PidNamespaceTests : IDisposable
{
    private const int Rows = 64;
    private const int Kill = 9;
    private static readonly string[] Domains = ["first", "second"];

    private readonly PeerGround _ground = new();

    [PidNamespaceFact]
    public void Of_two_writers_that_are_both_process_1_the_dead_one_is_recovered_and_the_living_one_is_not()
    {
        using var first = StartWriter(0);
        using var second = StartWriter(1);
        var slots = _ground.Table.Participants().Where(slot => slot.ProcessId != Environment.ProcessId).ToArray();
        Assert.Equal([1, 1], slots.Select(slot => slot.ProcessId));
        Assert.All(slots, slot => Assert.True(slot.IsAlive));
        Assert.Equal(0, _ground.Table.RecoverDead());

        Signals.Send(InnerProcess(first), Kill);
        first.WaitForExit();
        Wait.Until(
            () => _ground.Table.RecoverDead() == 1 || _ground.Table.Participants().Count(slot => slot.ProcessId == 1) == 1,
            () => "the dead writer to be recovered");
        Assert.True(Assert.Single(_ground.Table.Participants(), slot => slot.ProcessId == 1).IsAlive);
        _ground.WaitForOperation(_ground.Counters[1] + 100, second, place: 1);
        Assert.Equal(0, _ground.Table.RecoverDead());
        RequireAcknowledged(0);

        Signals.Send(InnerProcess(second), Kill);
        second.WaitForExit();
        Assert.Equal(1, _ground.Table.RecoverDead());
        RequireAcknowledged(1);
        _ground.RequireSound();
    }

    public void Dispose() => _ground.Dispose();

    private PeerProcess StartWriter(int place)
    {
        var writer = PeerProcess.StartWith(new ProcessStartInfo("unshare", ["-rp", "--fork", "--kill-child", .. _ground.WriterCommand]));
        writer.WaitFor("ready");
        writer.Say($"go {WorkloadMode.Insert} {Domains[place]} {place + 1} {KillSettings.Seed} {Rows} {place} {1}");
        _ground.WaitForOperation(50, writer, place);
        return writer;
    }

    /// <summary>The process that unshare has forked, as the test's namespace names it.</summary>
    private static int InnerProcess(PeerProcess unshare) =>
        int.Parse(File.ReadAllText($"/proc/{unshare.Id}/task/{unshare.Id}/children").Trim(), CultureInfo.InvariantCulture);

    private void RequireAcknowledged(int place)
    {
        var stream = new OperationStream(WorkloadMode.Insert, Domains[place], (uint)place + 1, KillSettings.Seed, Rows);
        var expected = new TableModel(Domains[place]);
        while (stream.Sequence < _ground.Counters[place])
            expected.Apply(stream.Next());
        var actual = TableModel.Read(_ground.Table, Domains[place]);
        if (expected.Rows.Count < actual.Rows.Count)
            expected.Apply(stream.Next());
        Assert.Equal("", expected.DifferencesTo(actual));
    }
}
