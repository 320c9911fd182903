using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Manager.Tests.Running;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.HandOver;

public sealed class TableFileOwnershipTests
{
    [Fact]
    public void What_is_left_of_the_dead_is_not_waited_for_longer_than_a_hand_over_may_take()
    {
        var root = Directory.CreateDirectory(RunningManager.NewRoot()).FullName;
        try
        {
            using var file = TableFile.Create(Path.Join(root, "accounts.1.ets"), "accounts", 1, new TableFileOptions { MaximumBytes = 16 << 20 });
            _ = new TableFileOwnership(file, _ => { });
            Assert.InRange(file.WriterPatience, TimeSpan.Zero, HandOverPolicy.Default.OrderPatience);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
