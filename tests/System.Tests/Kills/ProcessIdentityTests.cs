using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>Process ids are reused. The ids in the slots are for display: neither they nor start times decide who lives.</summary>
[Collection(ProcessTests.Name)]
public sealed class ProcessIdentityTests : IDisposable
{
    private const string Domain = "identity";
    private const int ProcessIdOffset = 8;
    private const int StartTimeOffset = 16;

    private readonly TemporaryFolder _folder = new();
    private readonly SharedCounters _counters;
    private readonly TableFile _table;

    public ProcessIdentityTests()
    {
        _counters = SharedCounters.Create(_folder["acknowledged"]);
        _table = TableFile.Create(_folder["identity.ets"], "identity", 1, new TableFileOptions { Access = TableAccess.Public });
    }

    [Fact]
    public void A_dead_writer_whose_process_id_belongs_to_a_living_process_is_recovered()
    {
        using var writer = StartWriter();
        var slot = SlotOf(writer);
        writer.Kill();
        Overwrite(slot.Slot, ProcessIdOffset, Environment.ProcessId);

        Assert.Equal(slot with { ProcessId = Environment.ProcessId, IsAlive = false }, Assert.Single(_table.Participants()));
        Assert.Equal(1, _table.RecoverDead());
        Assert.Empty(_table.Participants());
        RequireAcknowledged();
    }

    [Fact]
    public void A_dead_writer_whose_process_id_and_start_time_belong_to_a_living_process_is_recovered()
    {
        using var writer = StartWriter();
        using var living = PeerProcess.Start("writer", "--file", _folder["identity.ets"], "--counters", _folder["acknowledged"]);
        living.WaitFor("ready");
        living.Say($"go Mixed other 2 1 16 1 1");
        Wait.Until(() => _counters[1] > 0, () => $"the other writer to begin. {living.Transcript()}");
        var (dead, other) = (SlotOf(writer), SlotOf(living));
        writer.Kill();
        Overwrite(dead.Slot, ProcessIdOffset, other.ProcessId);
        Overwrite(dead.Slot, StartTimeOffset, other.StartTime);

        Assert.Equal(1, _table.RecoverDead());
        Assert.Equal(other, Assert.Single(_table.Participants()));
        living.Kill();
        Assert.Equal(1, _table.RecoverDead());
        RequireAcknowledged();
    }

    [Fact]
    public void A_living_writer_whose_process_id_and_start_time_do_not_match_keeps_its_slot()
    {
        using var writer = StartWriter();
        var slot = SlotOf(writer);
        Overwrite(slot.Slot, ProcessIdOffset, int.MaxValue);
        Overwrite(slot.Slot, StartTimeOffset, 1);

        Assert.Equal(0, _table.RecoverDead());
        Assert.True(Assert.Single(_table.Participants()).IsAlive);
        var acknowledged = _counters[0];
        Wait.Until(() => _counters[0] > acknowledged + 100 || writer.HasExited, () => $"the writer to go on. {writer.Transcript()}");
        writer.Kill();
        Assert.Equal(1, _table.RecoverDead());
        RequireAcknowledged();
    }

    public void Dispose()
    {
        _table.Dispose();
        _counters.Dispose();
        _folder.Dispose();
    }

    private PeerProcess StartWriter()
    {
        var writer = PeerProcess.Start("writer", "--file", _folder["identity.ets"], "--counters", _folder["acknowledged"]);
        writer.WaitFor("ready");
        writer.Say($"go Mixed {Domain} 1 1 64 0 1");
        Wait.Until(() => _counters[0] > 100 || writer.HasExited, () => $"the writer to begin. {writer.Transcript()}");
        return writer;
    }

    private ParticipantInfo SlotOf(PeerProcess peer) => Assert.Single(_table.Participants(), participant => participant.ProcessId == peer.Id);

    private void Overwrite(int slot, int offset, long value)
    {
        using var file = File.OpenHandle(_folder["identity.ets"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, BitConverter.GetBytes(value), TableGeometry.SlotsStart + (slot * TableGeometry.SlotBytes) + offset);
    }

    private void RequireAcknowledged()
    {
        var report = _table.Verify();
        Assert.True(report.IsSound, report.ToString());
        var stream = new OperationStream(WorkloadMode.Mixed, Domain, 1, 1, 64);
        var model = new TableModel(Domain);
        while (stream.Sequence < _counters[0])
            model.Apply(stream.Next());
        var actual = TableModel.Read(_table, Domain);
        var without = model.DifferencesTo(actual);
        model.Apply(stream.Next());
        Assert.True(without.Length == 0 || model.DifferencesTo(actual).Length == 0, without);
    }
}
