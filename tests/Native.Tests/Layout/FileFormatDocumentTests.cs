using System.Globalization;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>The document is right as long as these hold.</summary>
public sealed class FileFormatDocumentTests
{
    private static readonly FileFormatDocument Document = FileFormatDocument.Load();

    public static TheoryData<string> Structs => [.. LayoutField.Structs.Select(type => type.Name)];

    public static TheoryData<string> Words => [.. Document.TypesWith("Bits")];

    [Fact]
    public void Every_struct_of_the_file_is_described() =>
        Assert.Equal(LayoutField.Structs.Select(type => type.Name), Document.TypesWith("Offset").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Structs))]
    public void Each_field_has_its_offset_and_size(string name)
    {
        var type = LayoutField.Structs.Single(type => type.Name == name);
        var described = Document.Rows(name, "Offset")
            .Select(row => new LayoutField((int)FileFormatDocument.Number(row[0]), (int)FileFormatDocument.Number(row[1]), row[2]));
        Assert.Equal(LayoutField.Of(type), described);
    }

    [Theory]
    [MemberData(nameof(Structs))]
    public void Each_field_says_who_writes_it_what_0_means_and_what_it_is(string name) =>
        Assert.All(Document.Rows(name, "Offset"), row => Assert.True(row.Length == 6 && row.All(cell => cell.Length > 0), string.Join('|', row)));

    [Fact]
    public void Every_word_of_the_file_is_described()
    {
        var words = typeof(TableHeader).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(TableHeader).Namespace && type.GetField("Bits")?.FieldType == typeof(ulong))
            .Select(type => type.Name);
        Assert.Equal(words.Order(StringComparer.Ordinal), Document.TypesWith("Bits").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Each_part_of_a_word_lies_in_its_bits(string name)
    {
        var type = typeof(TableHeader).Assembly.GetType($"{typeof(TableHeader).Namespace}.{name}")!;
        foreach (var row in Document.Rows(name, "Bits"))
        {
            var bits = row[0].Split('-').Select(FileFormatDocument.Number).ToArray();
            var (high, low, unit) = ((int)bits[0], (int)bits[1], FileFormatDocument.Number(row[2]));
            var ones = ulong.MaxValue >> (63 - (high - low));
            Assert.Equal(ones * unit, Read(type, row[1], ones << low));
            Assert.Equal(unit, Read(type, row[1], 1UL << low));
            Assert.Equal(0UL, Read(type, row[1], ~(ones << low)));
        }
    }

    [Fact]
    public void Constants_have_their_values()
    {
        var rows = Document.Rows("Constant");
        Assert.True(rows.Count > 20);
        foreach (var row in rows)
        {
            var parts = row[0].Split('.');
            var type = typeof(TableHeader).Assembly.GetType($"{typeof(TableHeader).Namespace}.{parts[0]}")!;
            var value = type.GetField(parts[1])!.GetRawConstantValue()!;
            Assert.True(Convert.ToUInt64(value, CultureInfo.InvariantCulture) == FileFormatDocument.Number(row[1]), $"{row[0]} is {value}");
        }
    }

    [Fact]
    public void The_map_has_the_regions_of_the_program()
    {
        Assert.Contains($"| participants, {TableGeometry.SlotCount} `ParticipantSlot` | {TableGeometry.SlotsStart} "
            + $"| {TableGeometry.SlotsStart + (TableGeometry.SlotCount * TableGeometry.SlotBytes)} |", Document.Text, StringComparison.Ordinal);
        Assert.Contains($"| {TableGeometry.JournalsStart} | {TableGeometry.JournalsOf(TableGeometry.SlotCount)} | `JournalsReserved` |", Document.Text, StringComparison.Ordinal);
        Assert.Contains($"| {TableGeometry.IndexStart} | start of the slabs | `IndexReserved` |", Document.Text, StringComparison.Ordinal);
        Assert.Contains($"0x{TableGeometry.Fingerprint():X16}", Document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void States_of_a_journal_have_their_numbers()
    {
        var states = Enum.GetValues<JournalState>().Select(state => (((ulong)state).ToString(CultureInfo.InvariantCulture), state.ToString()));
        Assert.Equal(states, Document.Rows("State").Select(row => (row[0], row[1])));
    }

    [Fact]
    public void Size_classes_have_their_sizes()
    {
        var rows = Document.Rows("Class");
        Assert.NotEmpty(rows);
        foreach (var row in rows)
            Assert.Equal(FileFormatDocument.Number(row[1]), (ulong)SizeClasses.SizeOf((int)FileFormatDocument.Number(row[0])));
        for (var sizeClass = 7; sizeClass < SizeClasses.Count; sizeClass++)
            Assert.Equal((5 + ((sizeClass - 7) % 4)) * 32 * (1 << ((sizeClass - 7) / 4)), SizeClasses.SizeOf(sizeClass));
    }

    [Fact]
    public void Keys_have_their_hashes()
    {
        var rows = Document.Rows("Key (hex)");
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var key = row[0] == "-" ? [] : Convert.FromHexString(row[0]);
            Assert.Equal(FileFormatDocument.Number(row[3]), KeyHash.Of(key, FileFormatDocument.Number(row[1]), FileFormatDocument.Number(row[2])));
        }
    }

    [Fact]
    public void A_reader_written_from_the_document_alone_reads_a_table()
    {
        using var table = new TemporaryTable();
        for (var row = 0L; row < 3_000; row++)
            table.File.Insert(TemporaryTable.Bytes(row), TemporaryTable.Pattern((int)row % 50));
        using var file = new DocumentedReader(table.Path);
        for (var row = 0L; row < 3_000; row++)
            Assert.Equal(TemporaryTable.Pattern((int)row % 50), file.Find(TemporaryTable.Bytes(row)));
        Assert.Null(file.Find(TemporaryTable.Bytes(3_000L)));
    }

    [Fact]
    public void A_reader_written_from_the_document_alone_reads_a_table_of_entries()
    {
        using var table = new TemporaryTable();
        Assert.True(table.File.DecideRowFormat(8, 4));
        for (var row = 0L; row < 3_000; row++)
            table.File.Insert(TemporaryTable.Bytes(row), TemporaryTable.Pattern(4, (int)row));
        using var file = new DocumentedReader(table.Path);
        for (var row = 0L; row < 3_000; row++)
            Assert.Equal(TemporaryTable.Pattern(4, (int)row), file.Find(TemporaryTable.Bytes(row)));
        Assert.Null(file.Find(TemporaryTable.Bytes(3_000L)));
    }

    private static ulong Read(Type type, string property, ulong bits) =>
        Convert.ToUInt64(type.GetProperty(property)!.GetValue(Activator.CreateInstance(type, bits)), CultureInfo.InvariantCulture);
}
