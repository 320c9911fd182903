using System.IO.MemoryMappedFiles;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>A table in plain memory, which can be put back to an earlier moment.</summary>
/// <remarks>
/// Behind it lies as much as a length can span, all zeros: an engine that is changed on purpose may follow a wrong length to where nothing is, and is
/// to be noticed by what it makes of that. It costs address space only.
/// </remarks>
internal sealed unsafe class HeapStorage : ITableStorage, IDisposable
{
    private const long Behind = 1L << 32;

    private readonly MemoryMappedFile _memory;
    private readonly MemoryMappedViewAccessor _view;
    private readonly List<(long Offset, byte[] Bytes)> _saved = [];

    public HeapStorage(long capacity, TableKind kind = TableKind.Set)
    {
        Capacity = capacity;
        _memory = MemoryMappedFile.CreateNew(null, capacity + Behind);
        _view = _memory.CreateViewAccessor();
        var address = (byte*)null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Base = address;
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

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _memory.Dispose();
    }

    private (long Start, long End)[] UsedRanges() =>
    [
        (0, (long)Space.Header->JournalsReserved),
        (TableGeometry.IndexStart, (long)Space.Header->IndexReserved),
        (Space.SlabsStart, (long)Space.Header->SlabsReserved),
    ];
}
