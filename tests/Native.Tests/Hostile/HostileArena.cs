using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests.Hostile;

/// <summary>
/// The bounds within which the engine may touch a damaged table in memory, how many steps it may take, and what it has overwritten.
/// </summary>
/// <remarks>Touching anything else would be an access violation, or the deadly signal of a full file system, in a mapped file.</remarks>
internal sealed unsafe class HostileArena(ITableStorage storage)
{
    /// <summary>More reads than any operation on a small table makes, by far.</summary>
    private const int MostSteps = 300_000;

    private readonly byte* _base = storage.Base;
    private readonly long _slabsStart = TableGeometry.SlabsStart(storage.Capacity);
    private readonly Stack<(long Offset, ulong Before)> _overwritten = [];
    private int _steps;

    /// <summary>The first thing that must not happen, or null.</summary>
    public string? Violation { get; private set; }

    /// <summary>A new operation may take its steps.</summary>
    public void BeginOperation() => _steps = 0;

    public void Read(void* address)
    {
        if (++_steps > MostSteps)
            throw Violated($"no end after {MostSteps} steps");
        Require((byte*)address - _base, sizeof(ulong), "reads");
    }

    public void Write(ulong* address)
    {
        var offset = (byte*)address - _base;
        Require(offset, sizeof(ulong), "writes");
        _overwritten.Push((offset, *address));
    }

    public void Fill(byte* destination, int length)
    {
        var offset = destination - _base;
        Require(offset, length, "fills");
        for (var word = offset & ~7L; word < offset + length; word += sizeof(ulong))
            _overwritten.Push((word, *(ulong*)(_base + word)));
    }

    /// <summary>Puts a value in place of a word, as damage does.</summary>
    public void Damage(long offset, ulong value)
    {
        Violation = null;
        _overwritten.Push((offset, *(ulong*)(_base + offset)));
        *(ulong*)(_base + offset) = value;
    }

    /// <summary>Makes everything as it was.</summary>
    public void Undo()
    {
        while (_overwritten.TryPop(out var word))
            *(ulong*)(_base + word.Offset) = word.Before;
    }

    private void Require(long offset, long length, string verb)
    {
        var header = (TableHeader*)_base;
        var allowed = offset >= 0 && offset + length <= EndOfRegion(header, offset);
        if (!allowed)
            throw Violated($"{verb} {length} bytes at {offset:x}, which is out of bounds");
    }

    private long EndOfRegion(TableHeader* header, long offset)
    {
        if (offset >= _slabsStart)
            return Math.Min((long)header->SlabsReserved, storage.Capacity);
        if (offset >= TableGeometry.IndexStart)
            return Math.Min((long)header->IndexReserved, _slabsStart);
        return offset >= TableGeometry.JournalsStart ? Math.Min((long)header->JournalsReserved, TableGeometry.IndexStart) : TableGeometry.JournalsStart;
    }

    private HostileViolationException Violated(string what)
    {
        Violation ??= what + "\n" + Environment.StackTrace;
        return new HostileViolationException(what);
    }
}
