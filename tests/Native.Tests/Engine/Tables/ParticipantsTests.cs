using static EtsPersist.Mmf.Native.Tests.TemporaryTable;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class ParticipantsTests : IDisposable
{
    private readonly TemporaryTable _table = new();

    private TableFile File => _table.File;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Readers_are_no_participants()
    {
        File.Get("a"u8);
        File.Rows();
        Assert.Empty(File.Participants());
    }

    [Fact]
    public void The_first_write_to_a_public_table_takes_a_slot()
    {
        File.Insert("a"u8, "1"u8);
        var participant = Assert.Single(File.Participants());
        Assert.Equal((0, 1U, Environment.ProcessId, true), (participant.Slot, participant.Incarnation, participant.ProcessId, participant.IsAlive));
        Assert.NotEqual(0, participant.StartTime);
        Assert.Equal(0, File.Attach());
    }

    [Fact]
    public void A_writer_that_is_idle_is_in_the_middle_of_nothing()
    {
        File.Insert("a"u8, "1"u8);
        Assert.Empty(File.Operations());
    }

    [Fact]
    public void A_slot_that_comes_free_is_taken_again_under_the_next_incarnation()
    {
        for (var incarnation = 1U; incarnation < 5; incarnation++)
        {
            var other = _table.OpenAgain();
            Assert.Equal(0, other.Attach());
            Assert.Equal(incarnation, Assert.Single(File.Participants()).Incarnation);
            other.Dispose();
        }
        Assert.Empty(File.Participants());
    }

    [Fact]
    public void Recovering_the_dead_of_a_healthy_table_finds_nobody()
    {
        Assert.Equal(0, File.RecoverDead());
        File.Insert("a"u8, "1"u8);
        var other = _table.OpenAgain();
        other.Insert("b"u8, "2"u8);
        Assert.Equal(0, File.RecoverDead());
        Assert.Equal(0, other.RecoverDead());
        Assert.Equal(2, File.Participants().Count);
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void Every_slot_can_be_taken_and_one_more_is_refused()
    {
        var instances = Enumerable.Range(0, 240).Select(_ => _table.OpenAgain()).ToArray();
        for (var slot = 0; slot < instances.Length; slot++)
            Assert.Equal(slot, instances[slot].Attach());
        var error = Assert.Throws<TooManyParticipantsException>(() => File.Attach());
        Assert.Contains("240", error.Message, StringComparison.Ordinal);
        instances[17].Dispose();
        Assert.Equal(17, File.Attach());
        Assert.Equal(240, File.Participants().Count);
        File.Insert("a"u8, "1"u8);
        instances[239].Insert("b"u8, "1"u8);
        _table.RequireSound(rows: 2);
    }

    [Fact]
    public void The_count_is_right_whoever_added_and_removed_the_rows()
    {
        var other = _table.OpenAgain();
        for (var row = 0; row < 100; row++)
            File.Insert(Bytes(row), Bytes(row));
        for (var row = 0; row < 60; row++)
            Assert.True(other.Delete(Bytes(row)));
        Assert.Equal(40, File.Count);
        other.Dispose();
        Assert.Equal(40, File.Count);
        _table.RequireSound(rows: 40);
    }
}
