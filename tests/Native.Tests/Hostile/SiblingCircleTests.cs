using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// Leaves that lead on to each other in a circle, each step of which goes forward by the highs: what two uses of one block may leave in a damaged file.
/// </summary>
public sealed unsafe class SiblingCircleTests : IDisposable
{
    private readonly CrashTable _table = new(RowFormat.Ordered, TableKind.OrderedSet);

    public SiblingCircleTests()
    {
        _table.Attach();
        for (var row = 0; row < 4 * TreeNode.Lanes; row++)
            _table.Insert($"k{row:d4}", "value");
        CloseCircle();
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_lookup_beyond_the_circle_says_that_the_file_is_damaged() =>
        Assert.Throws<CorruptTableException>(() => TreeReader<ProcessMemory>.Contains(_table.Space, "z"u8));

    [Fact]
    public void A_scan_into_the_circle_says_that_the_file_is_damaged() => Assert.Throws<CorruptTableException>(() =>
    {
        var cursor = 0UL;
        while (TableScanner<ProcessMemory>.Next(_table.Space, ref cursor, new ScanPage()))
        {
        }
    });

    [Fact]
    public void A_scan_backwards_says_that_the_file_is_damaged() => Assert.Throws<CorruptTableException>(() =>
        TreeScanner<ProcessMemory>.TryNearest(_table.Space, KeyBound.None, KeyBound.None, backward: true, new ScanPage()));

    /// <summary>The last leaf leads back to the one before it.</summary>
    private void CloseCircle()
    {
        var space = _table.Space;
        var before = (TreeNode*)space.At(TableGeometry.IndexStart);
        var last = (TreeNode*)space.At((long)before->Right);
        while (last->Right != 0)
        {
            before = last;
            last = (TreeNode*)space.At((long)last->Right);
        }
        last->Right = (ulong)space.OffsetOf(before);
        last->High = 0;
    }
}
