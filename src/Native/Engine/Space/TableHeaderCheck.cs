using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Space;

/// <summary>Decides from a header's bytes, before anything is mapped, whether a file is a table that this version can use.</summary>
internal static unsafe class TableHeaderCheck
{
    private const ulong KnownRequiredFeatures = TableHeader.OrderedFeature | TableHeader.BagFeature;

    /// <summary>Whether this version can work on tables of a kind.</summary>
    public static bool Knows(TableKind kind) => Enum.IsDefined(kind);

    /// <summary>The kinds of tables that this version can work on, for messages.</summary>
    public static string KnownKinds => string.Join(", ", Enum.GetNames<TableKind>());

    /// <exception cref="TableFormatException">No table, unfinished, or of a format or with features that are not known here.</exception>
    /// <exception cref="TableKindException">A table of a kind that is not known here.</exception>
    /// <exception cref="CorruptTableException">A table whose header contradicts itself or the file.</exception>
    public static void Require(string path, ReadOnlySpan<byte> bytes, long fileLength, Guid bootId)
    {
        if (bytes.Length < TableGeometry.HeaderBytes)
            throw new TableFormatException($"'{path}' is no table: it has {fileLength} bytes, less than a header.");
        fixed (byte* start = bytes)
        {
            var header = (TableHeader*)start;
            RequireFormat(path, header);
            if (header->Check != TableFormatter.CheckWord(bytes[..TableHeader.ConstantBytes]))
                throw new CorruptTableException($"Table file '{path}': the constant part of its header has been damaged. Load its last saved copy, or delete the file.");
            if (!Knows((TableKind)header->Kind))
                throw new TableKindException($"Table file '{path}' is of kind {(TableKind)header->Kind}; this version knows {KnownKinds}. Update this program.");
            RequireRanges(path, header, fileLength);
            RequireTrusted(path, new UseWord(header->Use), bootId);
        }
    }

    private static void RequireFormat(string path, TableHeader* header)
    {
        if (header->Magic != TableHeader.ExpectedMagic)
            throw new TableFormatException($"'{path}' is no table: it does not begin with the mark of one.");
        if (header->Format != TableHeader.ExpectedFormat)
            throw new TableFormatException($"Table file '{path}' is of format {header->Format}; this version knows format {TableHeader.ExpectedFormat}. Update this program, or save and load the table.");
        if (header->Ready != TableHeader.ReadyValue)
            throw new TableFormatException($"Table file '{path}' was never finished. Delete it.");
        if ((header->RequiredFeatures & ~KnownRequiredFeatures) != 0)
            throw new TableFormatException($"Table file '{path}' needs features {header->RequiredFeatures & ~KnownRequiredFeatures:x} that this version does not have. Update this program.");
        if (header->HeaderBytes != TableGeometry.HeaderBytes || header->LayoutFingerprint != TableGeometry.Fingerprint())
            throw new TableFormatException($"Table file '{path}' has another layout (fingerprint {header->LayoutFingerprint:x16}, here {TableGeometry.Fingerprint():x16}). All programs on a table must use one version of the format.");
    }

    private static void RequireTrusted(string path, UseWord use, Guid bootId)
    {
        if (!use.IsValid)
            throw Corrupt(path, "use", use.Bits);
        if (!use.IsTrustedIn(bootId))
            throw new CorruptTableException($"Table file '{path}' was in use when the machine went down, so its pages may be of different moments. Load its last saved copy, or delete the file.");
    }

    private static void RequireRanges(string path, TableHeader* header, long fileLength)
    {
        var capacity = (long)header->Capacity;
        if (capacity < TableGeometry.MinimumCapacity || capacity > TableGeometry.MaximumCapacity || capacity % TableGeometry.PageBytes != 0)
            throw Corrupt(path, "capacity", header->Capacity);
        if (fileLength != capacity)
            throw new CorruptTableException($"Table file '{path}' has {fileLength} bytes where its header says {capacity}: it was truncated or copied in part.");
        var slabs = TableGeometry.SlabsStart(capacity);
        Within(path, "journals reserved", header->JournalsReserved, TableGeometry.JournalsStart, TableGeometry.IndexStart);
        Within(path, "index reserved", header->IndexReserved, TableGeometry.IndexStart + TableGeometry.InitialIndexBytes, slabs);
        Within(path, "slabs reserved", header->SlabsReserved, slabs, capacity);
        Within(path, "slab cursor", header->SlabCursor, slabs, (long)header->SlabsReserved);
        Multiple(path, "journals reserved", header->JournalsReserved, TableGeometry.PageBytes);
        Multiple(path, "index reserved", header->IndexReserved, TableGeometry.PageBytes);
        Multiple(path, "slabs reserved", header->SlabsReserved, TableGeometry.PageBytes);
        Multiple(path, "slab cursor", header->SlabCursor, ChunkHeader.Bytes);
        Within(path, "allocator lock", header->AllocatorLock, 0, TableGeometry.SlotCount * TableGeometry.JournalsPerSlot);
        Within(path, "buckets", header->Buckets, 1 << TableGeometry.InitialLevel, ((long)header->IndexReserved - TableGeometry.IndexStart) / new RowFormat(header->RowFormat).BucketBytes);
        Within(path, "initial access", header->InitialAccess, (long)TableAccess.Protected, (long)TableAccess.Private);
        RequireAccess(path, new AccessWord(header->Access));
        Within(path, "renamed", (ulong)new NameWord(header->Renamed).Length, 0, TableGeometry.MaximumNameBytes);
        Within(path, "name bytes", header->NameBytes, 1, TableGeometry.MaximumNameBytes);
        Within(path, "schema bytes", (ulong)new SchemaWord(header->Schema).Length, 0, TableGeometry.MaximumSchemaBytes);
        if (!new RowFormat(header->RowFormat).IsValid)
            throw Corrupt(path, "row format", header->RowFormat);
        RequireKind(path, header, slabs);
        var ownership = new OwnershipWord(header->Ownership);
        Within(path, "ownership state", (ulong)ownership.State, 0, (long)OwnershipState.Recovering);
        Within(path, "owner's slot", (ulong)ownership.Slot, 0, TableGeometry.SlotCount - 1);
    }

    /// <summary>Kind, features and row format say the same, and a tree has its root where a node can be.</summary>
    private static void RequireKind(string path, TableHeader* header, long slabs)
    {
        var format = new RowFormat(header->RowFormat);
        var kind = (TableKind)header->Kind;
        if (header->RequiredFeatures != TableHeader.FeaturesOf(kind))
            throw Corrupt(path, "required features", header->RequiredFeatures);
        if (format.IsDecided && format.IsOrdered != kind.HasTree())
            throw Corrupt(path, "row format", header->RowFormat);
        if (format.IsOrdered && header->Root != TableGeometry.IndexStart)
            Within(path, "root", header->Root, slabs, (long)header->Capacity - TreeNode.Bytes);
    }

    private static void RequireAccess(string path, AccessWord word)
    {
        var settled = word.IsChanging ? new AccessWord().ChangingTo(word.From, word.Access) : AccessWord.Of(word.Access);
        if (word.Access > TableAccess.Private || word.From > TableAccess.Private || (settled.Bits | (word.Bits & 1)) != word.Bits)
            throw Corrupt(path, "access", word.Bits);
    }

    private static void Within(string path, string field, ulong value, long lowest, long highest)
    {
        if (value < (ulong)lowest || value > (ulong)highest)
            throw Corrupt(path, field, value);
    }

    private static void Multiple(string path, string field, ulong value, int unit)
    {
        if (value % (ulong)unit != 0)
            throw Corrupt(path, field, value);
    }

    private static CorruptTableException Corrupt(string path, string field, ulong value) =>
        new($"Table file '{path}': its header's field '{field}' is {value}, which cannot be. Load its last saved copy, or delete the file.");
}
