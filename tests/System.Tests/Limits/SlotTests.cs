using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Limits;

/// <summary>More writers than a table has slots, in processes of their own.</summary>
[Collection(ProcessTests.Name)]
public sealed class SlotTests : IDisposable
{
    private const int Slots = 240;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["slots.ets"];

    [Fact]
    public void A_writer_too_many_is_told_so_and_the_slots_of_the_dead_are_taken_again()
    {
        using (TableFile.Create(Path, "slots", 1, new TableFileOptions { Access = TableAccess.Public, MaximumBytes = 64 << 20 }))
        {
        }
        using var living = Start(Slots / 2);
        using var dying = Start(Slots / 2);
        living.WaitFor("holding");
        dying.WaitFor("holding");

        using var table = TableFile.Open(Path, writable: true);
        var error = Assert.Throws<TooManyParticipantsException>(() => table.Attach());
        Assert.Contains("slots", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Slots}", error.Message, StringComparison.Ordinal);
        Assert.Contains("Close a writer", error.Message, StringComparison.Ordinal);
        Assert.Throws<TooManyParticipantsException>(() => table.Insert("a"u8, "b"u8));
        Assert.Equal(Slots, table.Participants().Count(participant => participant.IsAlive));

        dying.Kill();
        table.Insert("a"u8, "b"u8);
        Assert.Equal((Slots / 2) + 1, table.Participants().Count);
        Assert.All(table.Participants(), participant => Assert.True(participant.IsAlive));
        using var next = Start((Slots / 2) - 1);
        next.WaitFor("holding");
        Assert.Throws<TooManyParticipantsException>(() => AttachOneMore(Path));

        Assert.Equal(Slots + 1, table.Count);
        living.Kill();
        next.Kill();
        Assert.Equal(Slots - 1, table.RecoverDead());
        var report = table.Verify();
        Assert.True(report.IsSound, report.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static void AttachOneMore(string path)
    {
        using var table = TableFile.Open(path, writable: true);
        table.Attach();
    }

    private PeerProcess Start(int count) => PeerProcess.Start("slots", "--file", Path, "--count", $"{count}");
}
