using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>All blocks of a file, as its chunks lay them out, and who claimed each: at most one may.</summary>
internal sealed unsafe class BlockMap
{
    private readonly Dictionary<long, (int SizeClass, bool Claimed)> _blocks = [];
    private readonly List<string> _problems;

    public BlockMap(TableSpace space, List<string> problems)
    {
        _problems = problems;
        var end = (long)ProcessMemory.Read(&space.Header->SlabCursor);
        for (var chunk = space.SlabsStart; chunk < end;)
        {
            var header = new ChunkHeader(ProcessMemory.Read(space.Word(chunk)));
            if (!header.IsValid || chunk + header.Length > end)
            {
                problems.Add($"offset {chunk:x} should begin a chunk and does not");
                return;
            }
            var size = SizeClasses.SizeOf(header.SizeClass);
            for (var block = 0L; block < header.Blocks; block++)
                _blocks[chunk + ChunkHeader.Bytes + (block * size)] = (header.SizeClass, false);
            OverheadBytes += header.Length - (header.Blocks * size);
            SlabBytes += header.Length;
            chunk += header.Length;
        }
    }

    public long SlabBytes { get; }

    public long OverheadBytes { get; }

    public long UnclaimedBytes => _blocks.Values.Where(block => !block.Claimed).Sum(block => (long)SizeClasses.SizeOf(block.SizeClass));

    public IEnumerable<long> Unclaimed => _blocks.Where(block => !block.Value.Claimed).Select(block => block.Key);

    /// <summary>Claims a block; returns its size, or 0 with a problem noted.</summary>
    public int Claim(long offset, int? sizeClass, string claimant)
    {
        if (!_blocks.TryGetValue(offset, out var block))
            _problems.Add($"{claimant} names offset {offset:x}, where no block begins");
        else if (sizeClass is { } expected && expected != block.SizeClass)
            _problems.Add($"{claimant} names offset {offset:x} as of class {expected}, which is of class {block.SizeClass}");
        else if (block.Claimed)
            _problems.Add($"{claimant} names offset {offset:x}, which something else names too");
        else
        {
            _blocks[offset] = (block.SizeClass, true);
            return SizeClasses.SizeOf(block.SizeClass);
        }
        return 0;
    }
}
