using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>The numbers here are the file format: a program of another version reads files by them.</summary>
public sealed unsafe class StructLayoutTests
{
    private static readonly Dictionary<Type, (int Size, LayoutField[] Fields)> Expected = new()
    {
        [typeof(TableHeader)] = (8192,
        [
            new(0, 8, "Magic"), new(8, 4, "Format"), new(12, 4, "HeaderBytes"), new(16, 8, "RequiredFeatures"), new(24, 8, "OptionalFeatures"),
            new(32, 8, "LayoutFingerprint"), new(40, 8, "Capacity"), new(48, 16, "Id"), new(64, 8, "HashSeed0"), new(72, 8, "HashSeed1"),
            new(80, 4, "Kind"), new(84, 4, "InitialAccess"), new(88, 8, "Incarnation"), new(96, 8, "CreatedUnixMilliseconds"), new(104, 16, "BootId"),
            new(120, 8, "NameBytes"), new(128, 120, "Name"), new(248, 8, "Check"), new(256, 8, "Ownership"), new(264, 8, "AcceptedEpoch"), new(384, 8, "Access"), new(392, 8, "Use"),
            new(512, 8, "Buckets"), new(520, 8, "IndexReserved"), new(640, 8, "AllocatorLock"), new(648, 8, "SlabCursor"),
            new(656, 8, "SlabsReserved"), new(664, 8, "JournalsReserved"), new(768, 8, "Schema"), new(776, 8, "RowFormat"), new(896, 8, "Root"), new(904, 56, "SpareRoots"),
            new(1024, 640, "Pools"), new(1792, 8, "Renamed"), new(1800, 208, "NameAreas"), new(4088, 8, "Ready"), new(4096, 4096, "SchemaAreas"),
        ]),
        [typeof(Bucket)] = (64, [new(0, 8, "Meta"), new(8, 56, "References")]),
        [typeof(EntryBucket)] = (128, [new(0, 8, "Meta"), new(8, 56, "Keys"), new(64, 56, "Values"), new(120, 8, "Link")]),
        [typeof(Journal)] = (2048,
        [
            new(0, 8, "State"), new(8, 8, "Bucket"), new(16, 8, "Lane"), new(24, 8, "Store"), new(32, 8, "New"), new(40, 8, "Old"),
            new(48, 8, "Spare"), new(56, 8, "Count"), new(64, 8, "CountAfter"), new(72, 8, "Chain"), new(80, 8, "Next"), new(88, 8, "Freed"),
            new(96, 8, "Transfer"), new(104, 8, "Transferred"), new(112, 8, "Partner"), new(120, 8, "Structure"), new(128, 640, "FreeLists"), new(768, 640, "Chunks"),
            new(1408, 8, "Batch"), new(1472, 8, "Lease"),
        ]),
        [typeof(ParticipantSlot)] = (128, [new(0, 8, "Word"), new(8, 8, "ProcessId"), new(16, 8, "StartTime"), new(24, 8, "Pins")]),
        [typeof(TreeNode)] = (320,
        [
            new(0, 8, "Meta"), new(8, 8, "Order"), new(16, 8, "Right"), new(24, 8, "Low"), new(32, 8, "High"), new(40, 120, "Prefixes"), new(160, 120, "References"),
        ]),
        [typeof(BatchTrailer)] = (24, [new(0, 8, "Previous"), new(8, 8, "Batch"), new(16, 8, "Next")]),
    };

    public static TheoryData<Type> Structs => [.. LayoutField.Structs];

    [Fact]
    public void Every_struct_of_the_file_is_checked_here() =>
        Assert.Equal(LayoutField.Structs.Select(type => type.Name), Expected.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_has_its_size_and_each_field_its_offset(Type type)
    {
        var (size, fields) = Expected[type];
        Assert.Equal(size, LayoutField.SizeOf(type));
        Assert.Equal(size, type.StructLayoutAttribute!.Size);
        Assert.Equal(fields, LayoutField.Of(type));
    }

    [Fact]
    public void The_runtime_puts_fields_where_their_attributes_say()
    {
        TableHeader header;
        Journal journal;
        Assert.Equal(120, (byte*)&header.NameBytes - (byte*)&header);
        Assert.Equal(256, (byte*)&header.Ownership - (byte*)&header);
        Assert.Equal(4088, (byte*)&header.Ready - (byte*)&header);
        Assert.Equal(4096, header.SchemaAreas - (byte*)&header);
        Assert.Equal(1024, (byte*)header.Pools - (byte*)&header);
        Assert.Equal(768, (byte*)journal.Chunks - (byte*)&journal);
        Assert.Equal(1408, (byte*)&journal.Batch - (byte*)&journal);
    }

    [Theory]
    [MemberData(nameof(Structs))]
    public void No_two_fields_overlap_and_none_leaves_the_struct(Type type)
    {
        var end = 0;
        foreach (var field in LayoutField.Of(type))
        {
            Assert.True(field.Offset >= end, $"{type.Name}.{field.Name} at {field.Offset} overlaps what ends at {end}");
            end = field.Offset + field.Size;
        }
        Assert.True(end <= LayoutField.SizeOf(type));
    }

    [Theory]
    [MemberData(nameof(Structs))]
    public void Every_word_is_aligned_to_its_size(Type type)
    {
        foreach (var field in LayoutField.Of(type))
            Assert.Equal(0, field.Offset % (field.Size == sizeof(uint) ? sizeof(uint) : sizeof(ulong)));
        Assert.Equal(0, LayoutField.SizeOf(type) % sizeof(ulong));
    }

    [Theory]
    [MemberData(nameof(Structs))]
    public void Fields_are_of_fixed_width_on_every_system(Type type)
    {
        Type[] allowed = [typeof(ulong), typeof(uint), typeof(Guid)];
        Assert.Equal(LayoutKind.Explicit, type.StructLayoutAttribute!.Value);
        foreach (var field in type.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            Assert.True(allowed.Contains(field.FieldType) || field.IsDefined(typeof(System.Runtime.CompilerServices.FixedBufferAttribute), false), $"{type.Name}.{field.Name}");
    }

    [Fact]
    public void Words_of_different_writers_lie_128_bytes_apart_in_the_header()
    {
        string[][] writers =
        [
            ["Magic", "Format", "HeaderBytes", "RequiredFeatures", "OptionalFeatures", "LayoutFingerprint", "Capacity", "Id", "HashSeed0", "HashSeed1",
             "Kind", "InitialAccess", "Incarnation", "CreatedUnixMilliseconds", "BootId", "NameBytes", "Name", "Check"],
            ["Ownership", "AcceptedEpoch"], ["Access", "Use"], ["Buckets", "IndexReserved"],
            ["AllocatorLock", "SlabCursor", "SlabsReserved", "JournalsReserved"], ["Schema", "RowFormat"], ["Root", "SpareRoots"], ["Pools"], ["Renamed", "NameAreas"], ["Ready"], ["SchemaAreas"],
        ];
        var fields = LayoutField.Of(typeof(TableHeader)).ToDictionary(field => field.Name);
        Assert.Equal(fields.Keys.Order(), writers.SelectMany(names => names).Order());
        var lines = new Dictionary<int, string>();
        foreach (var names in writers)
        {
            foreach (var line in names.SelectMany(name => Lines(fields[name])).Distinct())
                Assert.True(lines.TryAdd(line, names[0]), $"{names[0]} shares 128 bytes with {lines[line]}");
        }

        static IEnumerable<int> Lines(LayoutField field) => Enumerable.Range(field.Offset / 128, ((field.Offset + field.Size - 1) / 128) - (field.Offset / 128) + 1);
    }

    [Fact]
    public void Slots_and_journals_of_different_writers_share_no_128_bytes()
    {
        Assert.Equal(0, TableGeometry.SlotsStart % 128);
        Assert.Equal(0, TableGeometry.SlotBytes % 128);
        Assert.Equal(0, TableGeometry.JournalsStart % 128);
        Assert.Equal(0, TableGeometry.JournalBytes % 128);
    }

    [Fact]
    public void A_bucket_is_one_cache_line_and_begins_on_one()
    {
        Assert.Equal(64, sizeof(Bucket));
        Assert.Equal(0, TableGeometry.IndexStart % 64);
        Assert.Equal(7, Bucket.Lanes);
    }

    [Fact]
    public void A_bucket_of_entries_is_two_cache_lines_with_its_keys_in_the_first()
    {
        Assert.Equal(128, sizeof(EntryBucket));
        Assert.Equal(0, TableGeometry.IndexStart % 128);
        Assert.Equal(7, EntryBucket.Lanes);
        Assert.Equal(64, LayoutField.Of(typeof(EntryBucket)).Single(field => field.Name == "Values").Offset);
    }

    [Fact]
    public void There_is_room_for_a_list_of_every_class()
    {
        var lists = LayoutField.Of(typeof(Journal)).Single(field => field.Name == "FreeLists").Size / sizeof(ulong);
        Assert.Equal(80, lists);
        Assert.True(lists >= SizeClasses.Count);
    }

    [Fact]
    public void The_first_bytes_of_a_file_read_as_text_say_what_it_is()
    {
        Assert.Equal([0x89, (byte)'E', (byte)'t', (byte)'s', (byte)'M', (byte)'m', (byte)'f', (byte)'1'], BitConverter.GetBytes(TableHeader.ExpectedMagic));
        Assert.Equal("etsready"u8.ToArray(), BitConverter.GetBytes(TableHeader.ReadyValue));
        Assert.Equal(1U, TableHeader.ExpectedFormat);
    }

    [Fact]
    public void The_states_of_a_journal_have_their_numbers()
    {
        (string, ulong)[] states =
        [
            ("Idle", 0), ("Armed", 1), ("Committed", 2), ("SplitArmed", 3), ("SplitCommitted", 4), ("BatchBuilding", 5), ("BatchPlacing", 6),
            ("BatchSettling", 7), ("BatchEntrySettled", 8),
        ];
        Assert.Equal(states, Enum.GetValues<JournalState>().Select(state => (state.ToString(), (ulong)state)));
        (string, byte)[] transfers = [("None", 0), ("TakeChunk", 1), ("TakeBundle", 2), ("GiveBundle", 3)];
        Assert.Equal(transfers, Enum.GetValues<TransferKind>().Select(kind => (kind.ToString(), (byte)kind)));
    }

    [Fact]
    public void The_states_of_a_change_of_the_tree_have_their_numbers()
    {
        (string, ulong)[] states = [("None", 0), ("SplitArmed", 1), ("SplitCommitted", 2), ("RootArmed", 3), ("RootCommitted", 4), ("EntryArmed", 5)];
        Assert.Equal(states, Enum.GetValues<StructureState>().Select(state => (state.ToString(), (ulong)state)));
    }

    [Fact]
    public void A_node_is_a_block_of_its_class()
    {
        Assert.Equal(SizeClasses.TreeNode, SizeClasses.ClassOf(sizeof(TreeNode)));
        Assert.Equal(TreeNode.Bytes, SizeClasses.SizeOf(SizeClasses.TreeNode));
        Assert.True(sizeof(TreeNode) <= TableGeometry.InitialIndexBytes);
    }

    [Fact]
    public void Kinds_accesses_and_ownership_states_have_their_numbers()
    {
        (string, byte)[] kinds = [("Set", 1), ("OrderedSet", 2), ("Bag", 3), ("DuplicateBag", 4)];
        Assert.Equal(kinds, Enum.GetValues<TableKind>().Select(kind => (kind.ToString(), (byte)kind)));
        (string, byte)[] accesses = [("Protected", 1), ("Public", 2), ("Private", 3)];
        Assert.Equal(accesses, Enum.GetValues<TableAccess>().Select(access => (access.ToString(), (byte)access)));
        (string, byte)[] owners = [("Unowned", 0), ("Offered", 1), ("Owned", 2), ("Recovering", 3)];
        Assert.Equal(owners, Enum.GetValues<OwnershipState>().Select(state => (state.ToString(), (byte)state)));
    }
}
