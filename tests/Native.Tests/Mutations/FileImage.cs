using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Every byte of a table at one moment.</summary>
internal sealed unsafe class FileImage
{
    private readonly (long Start, byte[] Bytes)[] _ranges;

    public FileImage(HeapStorage storage)
    {
        var header = storage.Space.Header;
        _ranges =
        [
            Copy(storage, 0, (long)header->JournalsReserved),
            Copy(storage, TableGeometry.IndexStart, (long)header->IndexReserved),
            Copy(storage, storage.Space.SlabsStart, (long)header->SlabsReserved),
        ];
    }

    /// <summary>The offsets of the words that are not the same.</summary>
    public HashSet<long> Differences(FileImage other)
    {
        var differences = new HashSet<long>();
        for (var range = 0; range < _ranges.Length; range++)
            AddDifferences(differences, _ranges[range].Start, _ranges[range].Bytes, other._ranges[range].Bytes);
        return differences;
    }

    private static (long Start, byte[] Bytes) Copy(HeapStorage storage, long start, long end) =>
        (start, new ReadOnlySpan<byte>(storage.Base + start, (int)(end - start)).ToArray());

    private static void AddDifferences(HashSet<long> differences, long start, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var at = left[..common].CommonPrefixLength(right[..common]); at < common;)
        {
            var word = at & ~(sizeof(ulong) - 1);
            differences.Add(start + word);
            at = word + sizeof(ulong);
            at += left[at..common].CommonPrefixLength(right[at..common]);
        }
        var longer = MemoryMarshal.Cast<byte, ulong>((left.Length > right.Length ? left : right)[common..]);
        for (var word = 0; word < longer.Length; word++)
        {
            if (longer[word] != 0)
                differences.Add(start + common + (word * sizeof(ulong)));
        }
    }
}
