using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>
/// A table in memory, all of whose stores are noted: they can be taken back, they add up to a fingerprint of the contents, and it is known which words
/// more than one actor touches.
/// </summary>
internal sealed unsafe class Image : IDisposable
{
    private const int ActorBits = 4;
    private const int EpochShift = 2 * ActorBits;
    private const int WordsAround = 16;

    private readonly HeapStorage _storage;
    private readonly List<(long Offset, ulong Value)> _undo = [];
    private readonly uint[] _touched; // epoch | who wrote | who touched, a word each
    private readonly bool[] _shared;
    private uint _epoch;

    public Image(TableKind kind)
    {
        _storage = new HeapStorage(TableGeometry.MinimumCapacity, kind);
        _touched = new uint[_storage.Capacity / sizeof(ulong)];
        _shared = new bool[_touched.Length];
        Space.Header->HashSeed0 = 0x0123456789ABCDEF; // an execution can be run again only if the rows always lie in the same buckets
        Space.Header->HashSeed1 = 0x0FEDCBA987654321;
    }

    public TableSpace Space => _storage.Space;

    /// <summary>A hash of all contents, relative to the beginning.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>How many words more than one actor has touched, at least one of them with a store, while both were alive.</summary>
    public int SharedWords { get; private set; }

    public bool IsInIndex(long offset) => offset >= TableGeometry.IndexStart && offset < Space.SlabsStart;

    /// <summary>Whether the word is a bucket's meta word.</summary>
    public bool IsMeta(long offset) => IsInIndex(offset) && (offset - TableGeometry.IndexStart) % Space.BucketBytes == 0;

    /// <summary>Whether the word is a journal's state.</summary>
    public static bool IsJournalState(long offset) =>
        offset is >= TableGeometry.JournalsStart and < TableGeometry.IndexStart && (offset - TableGeometry.JournalsStart) % TableGeometry.JournalBytes == 0;

    public ulong BucketOf(long offset) => (ulong)((offset - TableGeometry.IndexStart) / Space.BucketBytes);

    public long OffsetOf(void* address) => Space.OffsetOf(address);

    public ulong Read(long offset) => *Space.Word(offset);

    public void Write(long offset, ulong value)
    {
        var word = Space.Word(offset);
        _undo.Add((offset, *word));
        Fingerprint ^= Mixing.Mix((ulong)offset, *word) ^ Mixing.Mix((ulong)offset, value);
        *word = value;
    }

    public bool CompareExchange(long offset, ulong expected, ulong value)
    {
        if (Read(offset) != expected)
            return false;
        Write(offset, value);
        return true;
    }

    /// <summary>Stores bytes, the words around them included.</summary>
    public void Fill(long offset, ReadOnlySpan<byte> source)
    {
        for (var done = 0; done < source.Length;)
        {
            var word = (offset + done) & ~(sizeof(ulong) - 1L);
            var value = Read(word);
            var bytes = MemoryMarshal.AsBytes(new Span<ulong>(ref value))[(int)(offset + done - word)..];
            var part = source[done..Math.Min(source.Length, done + bytes.Length)];
            part.CopyTo(bytes);
            Write(word, value);
            done += part.Length;
        }
    }

    /// <summary>A hash of what lies at and behind a word: what may be read past the seam, right behind an access to this word.</summary>
    public ulong HashAround(long offset)
    {
        var hash = 0UL;
        var words = new ReadOnlySpan<ulong>(Space.Word(offset), (int)Math.Min(WordsAround, (Space.Capacity - offset) / sizeof(ulong)));
        foreach (var word in words)
            hash = Mixing.Add(hash, word);
        return hash;
    }

    /// <summary>What has been stored is the beginning from now on.</summary>
    public void Keep()
    {
        _undo.Clear();
        Fingerprint = 0;
    }

    /// <summary>Takes everything back that was stored since the beginning.</summary>
    public void Undo()
    {
        for (var entry = _undo.Count - 1; entry >= 0; entry--)
            *Space.Word(_undo[entry].Offset) = _undo[entry].Value;
        Keep();
        _epoch++;
    }

    /// <summary>A hash of every byte that may be used, to prove that nothing is stored past the seam.</summary>
    public ulong HashAll()
    {
        var hash = 0UL;
        Add(0, (long)Space.Header->JournalsReserved);
        Add(TableGeometry.IndexStart, (long)Space.Header->IndexReserved);
        Add(Space.SlabsStart, (long)Space.Header->SlabsReserved);
        return hash;

        void Add(long start, long end)
        {
            foreach (var word in new ReadOnlySpan<ulong>(Space.Word(start), (int)((end - start) / sizeof(ulong))))
                hash = Mixing.Mix(hash, word);
        }
    }

    /// <summary>
    /// Notes an access. True: others can notice whether it comes before or after theirs. What the dead have touched does not count, since nothing
    /// runs at the same time.
    /// </summary>
    public bool Touch(long offset, bool isStore, int actor, uint alive)
    {
        var word = offset / sizeof(ulong);
        var touched = _touched[word];
        if (touched >> EpochShift != _epoch)
            touched = _epoch << EpochShift;
        var others = touched & alive & ~(1U << actor);
        var writers = (touched >> ActorBits) & alive & ~(1U << actor);
        if ((writers != 0 || (isStore && others != 0)) && !_shared[word])
        {
            _shared[word] = true;
            SharedWords++;
        }
        _touched[word] = touched | (1U << actor) | (isStore ? 1U << (actor + ActorBits) : 0);
        return _shared[word];
    }

    public void Dispose() => _storage.Dispose();
}
