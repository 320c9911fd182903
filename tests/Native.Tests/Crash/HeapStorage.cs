using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>A table in plain memory, which can be put back to an earlier moment.</summary>
internal sealed unsafe class HeapStorage : ITableStorage, IDisposable
{
    private readonly List<(long Offset, byte[] Bytes)> _saved = [];

    public HeapStorage(long capacity, TableKind kind = TableKind.Set)
    {
        Capacity = capacity;
        Base = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, TableGeometry.PageBytes);
        NativeMemory.Clear(Base, (nuint)capacity);
        TableFormatter.Format(this, "crash", 1, new TableFileOptions { Kind = kind, Access = TableAccess.Public }, Guid.Empty);
        Space = new TableSpace(this);
    }

    public byte* Base { get; }

    public long Capacity { get; }

    public string Path => "memory";

    public TableSpace Space { get; }

    /// <summary>How many bytes may still be reserved before the "disk" is full; unlimited by default.</summary>
    public long Budget { get; set; } = long.MaxValue;

    /// <summary>How many reservations there have been.</summary>
    public int Reservations { get; set; }

    /// <summary>Whether the reservation of this number, from 0, is refused; none by default.</summary>
    public Func<int, bool> Refuses { get; set; } = _ => false;

    public void Reserve(long offset, long length)
    {
        if (length > Budget || Refuses(Reservations++))
            throw TableFullException.ForFile(Path, length, "the test's disk is full.");
        Budget -= length;
    }

    /// <summary>Remembers this moment.</summary>
    public void Save()
    {
        _saved.Clear();
        foreach (var (start, end) in UsedRanges())
            _saved.Add((start, new ReadOnlySpan<byte>(Base + start, (int)(end - start)).ToArray()));
    }

    /// <summary>Goes back to the remembered moment.</summary>
    public void Restore()
    {
        foreach (var (start, end) in UsedRanges())
            new Span<byte>(Base + start, (int)(end - start)).Clear();
        foreach (var (offset, bytes) in _saved)
            bytes.CopyTo(new Span<byte>(Base + offset, bytes.Length));
    }

    public void Dispose() => NativeMemory.AlignedFree(Base);

    private (long Start, long End)[] UsedRanges() =>
    [
        (0, (long)Space.Header->JournalsReserved),
        (TableGeometry.IndexStart, (long)Space.Header->IndexReserved),
        (Space.SlabsStart, (long)Space.Header->SlabsReserved),
    ];
}
