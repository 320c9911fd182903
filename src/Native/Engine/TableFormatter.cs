using System.Security.Cryptography;
using System.Text;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>Writes the header and the first buckets of a new table into a file that nobody else can see yet.</summary>
internal static unsafe class TableFormatter
{
    public static void Format(ITableStorage storage, string name, ulong incarnation, TableFileOptions options, Guid bootId)
    {
        var slabs = TableGeometry.SlabsStart(storage.Capacity);
        storage.Reserve(0, TableGeometry.JournalsStart);
        storage.Reserve(TableGeometry.IndexStart, TableGeometry.PageBytes);
        var header = (TableHeader*)storage.Base;
        header->Magic = TableHeader.ExpectedMagic;
        header->Format = TableHeader.ExpectedFormat;
        header->HeaderBytes = TableGeometry.HeaderBytes;
        header->LayoutFingerprint = TableGeometry.Fingerprint();
        header->Capacity = (ulong)storage.Capacity;
        header->Id = Guid.NewGuid();
        header->HashSeed0 = RandomWord();
        header->HashSeed1 = RandomWord();
        header->Kind = (uint)options.Kind;
        header->Access = (uint)options.Access;
        header->Incarnation = incarnation;
        header->CreatedUnixMilliseconds = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        header->BootId = bootId;
        header->NameBytes = (ulong)Encoding.ASCII.GetBytes(name, new Span<byte>(header->Name, TableGeometry.MaximumNameBytes));
        header->Buckets = 1UL << TableGeometry.InitialLevel;
        header->IndexReserved = (ulong)(TableGeometry.IndexStart + TableGeometry.PageBytes);
        header->SlabCursor = (ulong)slabs;
        header->SlabsReserved = (ulong)slabs;
        header->JournalsReserved = (ulong)TableGeometry.JournalsStart;
        for (var index = 0; index < 1 << TableGeometry.InitialLevel; index++)
            ((Bucket*)(storage.Base + TableGeometry.IndexStart))[index].Meta = BucketMeta.Free(TableGeometry.InitialLevel, 1).Bits;
        ProcessMemory.Write(&header->Ready, TableHeader.ReadyValue); // last; pairs with TableHeaderCheck
    }

    private static ulong RandomWord()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
