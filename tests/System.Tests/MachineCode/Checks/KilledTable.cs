using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.System.Tests.MachineCode.Images;

namespace EtsPersist.Mmf.System.Tests.MachineCode.Checks;

/// <summary>
/// A file with the bytes that a kill leaves, opened by a process that finds it so. Nobody holds a lock on it: all who wrote it are dead.
/// </summary>
internal sealed class KilledTable : IDisposable
{
    private const int FreshRows = 5;

    private readonly string _path;
    private readonly TableFile _table;

    public KilledTable(TableImage image, string path)
    {
        _path = path;
        image.WriteTo(path);
        _table = TableFile.Open(path, writable: true);
        _table.WriterPatience = TimeSpan.Zero;
    }

    public TableContents Contents() => TableContents.Read(_table);

    /// <summary>Settles what the dead had begun; who reads must see no difference.</summary>
    public void Recover()
    {
        var before = Contents();
        _table.RecoverDead();
        var after = Contents();
        Assert.True(after.IsSameAs(before), $"Recovery changed what readers see: {after.DifferencesTo(before)}");
        RequireSound();
    }

    /// <summary>A manager and a worker take the table over, write all of it again, and empty it.</summary>
    public void RequireUsable()
    {
        TakeOver();
        foreach (var (key, value) in TableContents.Rows(_table))
            _table.Insert(key, Array.ConvertAll(value, each => (byte)~each));
        for (var row = 0; row < FreshRows; row++)
            _table.Insert(BitConverter.GetBytes(long.MaxValue - row), BitConverter.GetBytes((long)row));
        RequireSound();
        foreach (var key in TableContents.Rows(_table).Select(row => row.Key).DistinctBy(Convert.ToHexString))
            Assert.True(_table.Delete(key), $"The row {Convert.ToHexString(key)} is listed, but cannot be deleted.");
        Assert.Empty(TableContents.Rows(_table));
        RequireSound();
    }

    public VerifyReport RequireSound()
    {
        var report = _table.Verify();
        Assert.True(report.IsSound, $"{report}");
        Assert.Equal(report.Rows, _table.Count);
        return report;
    }

    public void Dispose()
    {
        _table.Dispose();
        File.Delete(_path);
    }

    private void TakeOver()
    {
        var left = _table.Ownership;
        var isFree = left.State switch
        {
            OwnershipState.Offered => _table.TryWithdraw(left),
            OwnershipState.Owned => _table.TryBeginRecovery(left) && _table.TryFinishRecovery(left),
            OwnershipState.Recovering => _table.TryFinishRecovery(left),
            _ => true,
        };
        var isTaken = isFree && _table.TryOffer(_table.Ownership, out var offered) && _table.TryAccept(offered.Epoch);
        Assert.True(isTaken, $"{left} was not taken over.");
    }
}
