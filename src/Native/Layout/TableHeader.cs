using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Native.Layout;

/// <summary>
/// The header: what the file is, and the words that belong to no bucket.
/// </summary>
/// <remarks>
/// <code>
/// 0     magic | format, header bytes | required features | optional features | layout fingerprint | capacity | id (16)
/// 64    hash seed (16) | kind, initial access | incarnation | created | boot id (16) | name bytes
/// 128   name (120)                                            | check word over all bytes before it
/// 256   ownership | accepted epoch                            written by manager and owner
/// 384   access word | use word                                written by manager and owner; by whoever opens and closes
/// 512   buckets | index reserved                              written by splitters; a hint that readers check
/// 640   allocator lock | slab cursor | slabs reserved | journals reserved
/// 768   schema word | row format
/// 896   root | spare typed roots (7)
/// 1024  pools: bundles of free blocks, one word a size class ... 1664
/// 1792  name word | name area 0 (104) | name area 1 (104)     written by the manager
/// 4088  ready                                                 written last
/// 4096  schema area 0 (2048) | schema area 1 (2048)
/// </code>
/// Words of different writers lie 128 bytes apart.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = TableGeometry.HeaderBytes)]
internal unsafe struct TableHeader
{
    public const ulong ExpectedMagic = 0x31_66_6D_4D_73_74_45_89; // 0x89 "EtsMmf1", little-endian
    public const uint ExpectedFormat = 1;
    public const ulong ReadyValue = 0x79_64_61_65_72_73_74_65;
    public const int SchemaAreaBytes = 2048;
    public const int NameAreaBytes = 104;

    /// <summary>A required feature: rows in the order of their keys, in a tree of nodes.</summary>
    public const ulong OrderedFeature = 1;

    /// <summary>A required feature: several rows a key, under keys of the tree that hold more than the user's.</summary>
    public const ulong BagFeature = 2;

    /// <summary>The bytes that never change once the file is made, which the check word covers.</summary>
    public const int ConstantBytes = 248;

    [FieldOffset(0)] public ulong Magic;
    [FieldOffset(8)] public uint Format;
    [FieldOffset(12)] public uint HeaderBytes;
    [FieldOffset(16)] public ulong RequiredFeatures;
    [FieldOffset(24)] public ulong OptionalFeatures;
    [FieldOffset(32)] public ulong LayoutFingerprint;
    [FieldOffset(40)] public ulong Capacity;
    [FieldOffset(48)] public Guid Id;
    [FieldOffset(64)] public ulong HashSeed0;
    [FieldOffset(72)] public ulong HashSeed1;
    [FieldOffset(80)] public uint Kind;
    [FieldOffset(84)] public uint InitialAccess;
    [FieldOffset(88)] public ulong Incarnation;
    [FieldOffset(96)] public ulong CreatedUnixMilliseconds;
    [FieldOffset(104)] public Guid BootId;
    [FieldOffset(120)] public ulong NameBytes;
    [FieldOffset(128)] public fixed byte Name[120];
    [FieldOffset(248)] public ulong Check;
    [FieldOffset(256)] public ulong Ownership;
    [FieldOffset(264)] public ulong AcceptedEpoch;
    [FieldOffset(384)] public ulong Access;
    [FieldOffset(392)] public ulong Use;
    [FieldOffset(512)] public ulong Buckets;
    [FieldOffset(520)] public ulong IndexReserved;
    [FieldOffset(640)] public ulong AllocatorLock;
    [FieldOffset(648)] public ulong SlabCursor;
    [FieldOffset(656)] public ulong SlabsReserved;
    [FieldOffset(664)] public ulong JournalsReserved;
    [FieldOffset(768)] public ulong Schema;
    [FieldOffset(776)] public ulong RowFormat;
    [FieldOffset(896)] public ulong Root;
    [FieldOffset(904)] public fixed ulong SpareRoots[7];
    [FieldOffset(1024)] public fixed ulong Pools[80];
    [FieldOffset(1792)] public ulong Renamed;
    [FieldOffset(1800)] public fixed byte NameAreas[2 * NameAreaBytes];
    [FieldOffset(4088)] public ulong Ready;
    [FieldOffset(4096)] public fixed byte SchemaAreas[2 * SchemaAreaBytes];

    /// <summary>What a program must know to use tables of a kind.</summary>
    public static ulong FeaturesOf(TableKind kind) => (kind.HasTree() ? OrderedFeature : 0) | (kind.IsBag() ? BagFeature : 0);
}
