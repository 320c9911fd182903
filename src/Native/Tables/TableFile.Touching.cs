using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    /// <summary>So much of each is touched at most: a page that a process has mapped is one that the kernel takes from it before it reports its death.</summary>
    private const long MostOfIndex = 256 << 20;
    private const long MostOfSlabs = 32 << 20;

    /// <summary>
    /// Touches the index and what was allocated last. The system maps a page into a process at its first touch, which costs some microseconds; a batch of
    /// a few hundred rows of a large table is as many touches, which whoever is about to own the table need not wait for.
    /// </summary>
    /// <remarks>Threads: any. Blocking: reads a byte of each page, 288 MiB of them at most: some 20 ms then. Allocation: none.</remarks>
    public void Touch()
    {
        if (_disposed)
            return;
        var (index, slabs) = (_space.StartOf(Region.Index), _space.StartOf(Region.Slabs));
        var end = (long)ProcessMemory.Read(&_space.Header->SlabCursor);
        Touch(index, Math.Min((long)ProcessMemory.Read(_space.Watermark(Region.Index)), index + MostOfIndex));
        Touch(Math.Max(slabs, end - MostOfSlabs), Math.Min(end, (long)ProcessMemory.Read(_space.Watermark(Region.Slabs))));
        GC.KeepAlive(this);
    }

    private void Touch(long start, long end)
    {
        for (var page = start; page < end; page += TableGeometry.PageBytes)
            Volatile.Read(ref *_space.At(page));
    }
}
