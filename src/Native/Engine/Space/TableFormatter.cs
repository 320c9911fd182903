using System.Security.Cryptography;
using System.Text;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>Writes the header and the first buckets of a new table into a file that nobody else can see yet.</summary>
internal static unsafe class TableFormatter
{
    public static void Format(ITableStorage storage, string name, ulong incarnation, TableFileOptions options, Guid bootId)
    {
        var slabs = TableGeometry.SlabsStart(storage.Capacity);
        storage.Reserve(0, TableGeometry.JournalsStart);
        storage.Reserve(TableGeometry.IndexStart, TableGeometry.InitialIndexBytes);
        var header = (TableHeader*)storage.Base;
        header->Magic = TableHeader.ExpectedMagic;
        header->Format = TableHeader.ExpectedFormat;
        header->HeaderBytes = TableGeometry.HeaderBytes;
        header->RequiredFeatures = TableHeader.FeaturesOf(options.Kind);
        header->LayoutFingerprint = TableGeometry.Fingerprint();
        header->Capacity = (ulong)storage.Capacity;
        header->Id = Guid.NewGuid();
        header->HashSeed0 = RandomWord();
        header->HashSeed1 = RandomWord();
        header->Kind = (uint)options.Kind;
        header->InitialAccess = (uint)options.Access;
        header->Incarnation = incarnation;
        header->CreatedUnixMilliseconds = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        header->BootId = bootId;
        header->NameBytes = (ulong)Encoding.ASCII.GetBytes(name, new Span<byte>(header->Name, TableGeometry.MaximumNameBytes));
        header->Use = UseWord.InUseIn(bootId).Bits;
        header->Buckets = 1UL << TableGeometry.InitialLevel;
        header->IndexReserved = (ulong)(TableGeometry.IndexStart + TableGeometry.InitialIndexBytes);
        header->SlabCursor = (ulong)slabs;
        header->SlabsReserved = (ulong)slabs;
        header->JournalsReserved = (ulong)TableGeometry.JournalsStart;
        header->Check = CheckWord(new ReadOnlySpan<byte>(header, TableHeader.ConstantBytes));
        ProcessMemory.Write(&header->Ready, TableHeader.ReadyValue); // last; pairs with TableHeaderCheck
    }

    /// <summary>A word that tells whether the constant part of a header has been damaged.</summary>
    public static ulong CheckWord(ReadOnlySpan<byte> constant)
    {
        var check = 14695981039346656037UL;
        foreach (var value in constant)
            check = (check ^ value) * 1099511628211UL;
        return check;
    }

    /// <summary>
    /// Decides how rows lie in the file and lays out the first buckets or the first leaf for it; the deciding word is stored last, so a kill leaves the table undecided
    /// and the next writer begins again. The caller holds the allocator's lock.
    /// </summary>
    public static void Decide<TMemory>(TableSpace space, RowFormat format) where TMemory : struct, ISharedMemory
    {
        if (format.IsOrdered)
            LayOutTree<TMemory>(space);
        else
            LayOutBuckets<TMemory>(space, format);
        TMemory.Write(&space.Header->RowFormat, format.Bits);
        space.RefreshFormat<TMemory>();
    }

    private static void LayOutBuckets<TMemory>(TableSpace space, RowFormat format) where TMemory : struct, ISharedMemory
    {
        var words = (ulong*)space.At(TableGeometry.IndexStart);
        var wordsPerBucket = format.BucketBytes / sizeof(ulong);
        for (var word = 0; word < TableGeometry.InitialIndexBytes / sizeof(ulong); word++)
        {
            var isMeta = word % wordsPerBucket == 0 && word / wordsPerBucket < 1 << TableGeometry.InitialLevel;
            TMemory.Write(words + word, isMeta ? BucketMeta.Free(TableGeometry.InitialLevel, 1).Bits : 0);
        }
    }

    /// <summary>The first leaf is the root, and stays the first leaf for ever.</summary>
    private static void LayOutTree<TMemory>(TableSpace space) where TMemory : struct, ISharedMemory
    {
        var leaf = (TreeNode*)space.At(TableGeometry.IndexStart);
        TMemory.Write(&leaf->Order, NodeOrder.Empty.Bits);
        TMemory.Write(&leaf->Right, 0);
        TMemory.Write(&leaf->Low, 0);
        TMemory.Write(&leaf->High, ulong.MaxValue);
        TMemory.Write(&leaf->Meta, BucketMeta.Free(TreeDescent.LeafLevel, version: 1).Bits);
        TMemory.Write(&space.Header->Root, TableGeometry.IndexStart);
    }

    private static ulong RandomWord()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
