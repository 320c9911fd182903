using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>Adds up free blocks without a lock. What moves meanwhile may be counted twice or not at all; nothing is followed that is not checked.</summary>
internal static unsafe class FreeSpace<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>The bytes of the slabs that rows can take: never used, in journals' lists, and in the pools.</summary>
    public static long Of(TableSpace space)
    {
        var header = space.Header;
        var free = Math.Max(0, (long)TMemory.Read(&header->SlabsReserved) - (long)TMemory.Read(&header->SlabCursor));
        var journals = (Math.Min((long)TMemory.Read(&header->JournalsReserved), TableGeometry.IndexStart) - TableGeometry.JournalsStart) / TableGeometry.JournalBytes;
        for (var number = 1; number <= journals; number++)
        {
            var journal = space.JournalAt(number);
            for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
                free += BytesOf(TMemory.Read(&journal->FreeLists[sizeClass]), sizeClass) + BytesOf(TMemory.Read(&journal->Chunks[sizeClass]), sizeClass);
        }
        for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
            free += PoolBytes(space, sizeClass);
        return free;
    }

    /// <summary>A bundle that is taken from the pool meanwhile may lead anywhere: the walk ends where no bundle can be, or where it has been.</summary>
    private static long PoolBytes(TableSpace space, int sizeClass)
    {
        var free = 0L;
        var watch = default(CycleWatch);
        for (var bundle = TMemory.Read(&space.Header->Pools[sizeClass]); !new BlockList(bundle).IsEmpty;)
        {
            var first = new BlockList(bundle).First;
            if (!space.IsInSlabs(first, SizeClasses.SizeOf(sizeClass), (long)TMemory.Read(&space.Header->SlabsReserved)) || watch.HasReturned(first))
                break;
            free += BytesOf(bundle, sizeClass);
            bundle = TMemory.Read(space.Word(first + sizeof(ulong)));
        }
        return Math.Min(free, (long)TMemory.Read(&space.Header->SlabsReserved) - space.SlabsStart);
    }

    private static long BytesOf(ulong list, int sizeClass) => new BlockList(list).Blocks * (long)SizeClasses.SizeOf(sizeClass);
}
