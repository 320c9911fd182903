using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>Many reads whose cache misses pass together: all hashes, then all buckets, then all records, then the reads.</summary>
public sealed unsafe partial class TableFile
{
    /// <summary>The hash of a key, for <see cref="Prefetch"/>.</summary>
    public ulong HashOf(ReadOnlySpan<byte> key) => KeyHash.Of(key, _seed0, _seed1);

    /// <summary>Asks the processor for the rows of keys that are about to be read. A hint: it reads nothing that counts, and does nothing in a tree.</summary>
    public void Prefetch(ReadOnlySpan<ulong> hashes)
    {
        if (_hasTree || !EnterRead())
            return;
        foreach (var hash in hashes)
            HashIndex<ProcessMemory>.Prefetch(_space, hash);
        if (!_space.HasEntries)
        {
            foreach (var hash in hashes)
                HashWriter<ProcessMemory>.PrefetchRecord(_space, hash);
        }
        GC.KeepAlive(this);
    }
}
