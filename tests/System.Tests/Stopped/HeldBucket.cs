using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.System.Tests.Stopped;

/// <summary>A bucket of records that a writer holds, as the bytes of the table's file say.</summary>
/// <param name="Index">The bucket's number.</param>
/// <param name="Meta">Its meta word.</param>
/// <param name="Seed0">What keys are hashed with.</param>
/// <param name="Seed1">The rest of it.</param>
internal sealed record HeldBucket(long Index, ulong Meta, ulong Seed0, ulong Seed1)
{
    /// <summary>The writer's slot.</summary>
    public int Slot => TableSpace.SlotOfJournal(new BucketMeta(Meta).Lock);

    /// <summary>The first bucket that anybody holds; null if there is none. Nobody is writing meanwhile.</summary>
    public static HeldBucket? Find(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = Read<TableHeader>(file, 0);
        for (var index = 0L; index < (long)header.Buckets; index++)
        {
            var meta = Read<ulong>(file, TableGeometry.IndexStart + (index * TableGeometry.BucketBytes));
            if (new BucketMeta(meta).IsLocked)
                return new HeldBucket(index, meta, header.HashSeed0, header.HashSeed1);
        }
        return null;
    }

    /// <summary>A key whose row belongs into the bucket.</summary>
    public byte[] KeyIn(string domain) => Enumerable.Range(0, int.MaxValue)
        .Select(number => RowKeys.Of(domain, 's', number))
        .First(key => HashIndex<Native.Memory.ProcessMemory>.Holds((ulong)Index, new BucketMeta(Meta).Level, KeyHash.Of(key, Seed0, Seed1)));

    private static T Read<T>(SafeFileHandle file, long offset) where T : unmanaged
    {
        var bytes = new byte[Unsafe.SizeOf<T>()];
        RandomAccess.Read(file, bytes, offset);
        return MemoryMarshal.Read<T>(bytes);
    }
}
