using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>Process ids are reused. The ids in the slots are for display: neither they nor start times decide who lives.</summary>
[Collection(ProcessTests.Name)]
public sealed class ProcessIdentityTests : IDisposable
{
    private const string Domain = "identity";
    private const int Rows = 64;
    private const int ProcessIdOffset = 8;
    private const int StartTimeOffset = 16;

    private readonly PeerGround _ground = new();

    [Fact]
    public void A_dead_writer_whose_process_id_belongs_to_a_living_process_is_recovered()
    {
        using var writer = StartWriter(Domain, place: 0);
        var slot = SlotOf(writer);
        writer.Kill();
        Overwrite(slot.Slot, ProcessIdOffset, Environment.ProcessId);

        Assert.Equal(slot with { ProcessId = Environment.ProcessId, IsAlive = false }, Assert.Single(_ground.Table.Participants()));
        Assert.Equal(1, _ground.Table.RecoverDead());
        Assert.Empty(_ground.Table.Participants());
        RequireAcknowledged();
    }

    [Fact]
    public void A_dead_writer_whose_process_id_and_start_time_belong_to_a_living_writer_is_recovered()
    {
        using var writer = StartWriter(Domain, place: 0);
        using var living = StartWriter("other", place: 1);
        var (dead, other) = (SlotOf(writer), SlotOf(living));
        writer.Kill();
        Overwrite(dead.Slot, ProcessIdOffset, other.ProcessId);
        Overwrite(dead.Slot, StartTimeOffset, other.StartTime);

        RecoverBesideLivingWriters();
        Assert.Equal(other, Assert.Single(_ground.Table.Participants()));
        living.Kill();
        Assert.Equal(1, _ground.Table.RecoverDead());
        RequireAcknowledged();
    }

    [Fact]
    public void A_living_writer_whose_process_id_and_start_time_do_not_match_keeps_its_slot()
    {
        using var writer = StartWriter(Domain, place: 0);
        var slot = SlotOf(writer);
        Overwrite(slot.Slot, ProcessIdOffset, int.MaxValue);
        Overwrite(slot.Slot, StartTimeOffset, 1);

        Assert.Equal(0, _ground.Table.RecoverDead());
        Assert.True(Assert.Single(_ground.Table.Participants()).IsAlive);
        _ground.WaitForOperation(_ground.Counters[0] + 100, writer);
        writer.Kill();
        Assert.Equal(1, _ground.Table.RecoverDead());
        RequireAcknowledged();
    }

    public void Dispose() => _ground.Dispose();

    /// <summary>A living writer that finds a lock of the dead one in its way recovers it as well, and may be quicker or in the middle of it.</summary>
    private void RecoverBesideLivingWriters() => Wait.Until(
        () => _ground.Table.RecoverDead() == 1 || _ground.Table.Participants().Count == 1, () => "the dead writer to be recovered");

    /// <summary>A writer in the midst of its work.</summary>
    private PeerProcess StartWriter(string domain, int place)
    {
        var writer = _ground.StartWriter();
        writer.WaitFor("ready");
        writer.Say($"go Mixed {domain} 1 1 {Rows} {place} 1");
        _ground.WaitForOperation(100, writer, place);
        return writer;
    }

    private ParticipantInfo SlotOf(PeerProcess peer) =>
        Assert.Single(_ground.Table.Participants(), participant => participant.ProcessId == peer.Id);

    private void Overwrite(int slot, int offset, long value)
    {
        using var file = File.OpenHandle(_ground.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, BitConverter.GetBytes(value), TableGeometry.SlotsStart + (slot * TableGeometry.SlotBytes) + offset);
    }

    private void RequireAcknowledged()
    {
        _ground.RequireSound();
        var stream = new OperationStream(WorkloadMode.Mixed, Domain, 1, 1, Rows);
        var model = new TableModel(Domain);
        while (stream.Sequence < _ground.Counters[0])
            model.Apply(stream.Next());
        var actual = TableModel.Read(_ground.Table, Domain);
        var without = model.DifferencesTo(actual);
        model.Apply(stream.Next());
        Assert.True(without.Length == 0 || model.DifferencesTo(actual).Length == 0, without);
    }
}
