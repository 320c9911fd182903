using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class StructCodecTests
{
    [Fact]
    public void A_struct_is_stored_as_its_memory()
    {
        Assert.Equal("010000000000000002000000000000000300000000000000", Hex(Codecs.ForValue<Three>(), new Three(1, new Two(2, 3))));
        ComesBack(new Three(1, new Two(2, 3)));
        Assert.Equal(
            "struct Three of 24 bytes { 0 First: int64, 8 Rest.Second: int64, 16 Rest.Third: int64 }",
            Codecs.ForValue<Three>().Schema.ToString());
        Assert.True(RawLayout<Three>.IsRaw);
        Assert.True(RawLayout<Three>.IsRawKey);
        Assert.Equal(24, RawLayout<Three>.Size);
    }

    [Fact]
    public void Padding_is_stored_as_zeros()
    {
        var dirty = MemoryMarshal.Read<Mixed>(Convert.FromHexString("01ffffffffffffff020000000000000001ffffffffffffff"));
        Assert.Equal("010000000000000002000000000000000100000000000000", Hex(Codecs.ForValue<Mixed>(), dirty));
        Assert.False(RawLayout<Mixed>.IsRaw);
        Assert.Equal(dirty, RoundTrip(Codecs.ForValue<Mixed>(), dirty));
    }

    [Fact]
    public void A_Boolean_byte_that_is_neither_0_nor_1_is_refused()
    {
        var error = Assert.Throws<RowFormatException>(() =>
            Codecs.ForValue<Mixed>().Decode(Convert.FromHexString("010000000000000002000000000000000200000000000000")));
        Assert.Contains("Flag", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_are_found_in_explicit_and_packed_layouts_and_in_inline_arrays()
    {
        Assert.Equal("struct Packed of 9 bytes { 0 Small: uint8, 1 Large: int64 }", Codecs.ForValue<Packed>().Schema.ToString());
        Assert.Equal("struct Turned of 12 bytes { 0 Last: int32, 8 First: int32 }", Codecs.ForValue<Turned>().Schema.ToString());
        Assert.Equal("struct Row of 24 bytes { 0 Id: int64, 8 Cells._cell: int32[4] }", Codecs.ForValue<Row>().Schema.ToString());
        var row = new Row { Id = 7 };
        row.Cells[3] = 9;
        Assert.Equal("070000000000000000000000000000000000000009000000", Hex(Codecs.ForKey<Row>(), row));
    }

    [Fact]
    public void A_struct_marked_as_a_record_and_one_with_other_members_are_stored_member_by_member()
    {
        Assert.Equal("920102", Hex(Codecs.ForValue<Marked>(), new Marked(1, 2)));
        Assert.Equal(SchemaKind.Record, Codecs.ForValue<Dated>().Schema.Kind);
        ComesBack(new Dated(1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), 1.5m));
    }

    [Fact]
    public void The_raw_path_is_open_exactly_where_bytes_and_memory_are_the_same()
    {
        Assert.True(RawLayout<long>.IsRaw && RawLayout<long>.IsRawKey && RawLayout<Guid>.IsRawKey && RawLayout<DayOfWeek>.IsRawKey);
        Assert.True(RawLayout<double>.IsRaw);
        Assert.False(RawLayout<double>.IsRawKey);
        Assert.False(RawLayout<bool>.IsRaw);
        Assert.False(RawLayout<string>.IsRaw);
        Assert.False(RawLayout<decimal>.IsRaw);
        Assert.False(RawLayout<DateTime>.IsRaw);
        Assert.False(RawLayout<nint>.IsRaw);
        Assert.False(RawLayout<(long, long)>.IsRaw);
        Assert.False(RawLayout<int?>.IsRaw);
        Assert.Equal(0, RawLayout<string>.Size);
        Span<byte> bytes = stackalloc byte[8];
        RawMemory.Write(bytes, 0x0102030405060708L);
        Assert.Equal(8, bytes[0]);
        Assert.Equal(0x0102030405060708L, RawMemory.Read<long>(bytes));
        Assert.Throws<RowFormatException>(() => RawMemory.Read<long>(new byte[7]));
        Assert.Throws<RowFormatException>(() => RawMemory.Read<string>(new byte[8]));
    }

    [Fact]
    public void Any_bytes_give_a_value_or_the_typed_error()
    {
        SurvivesAnyBytes(Codecs.ForValue<Mixed>(), new Mixed(1, 2, true), 1);
        SurvivesAnyBytes(Codecs.ForValue<Three>(), default, 2);
    }

    private readonly record struct Two(long Second, long Third);

    private readonly record struct Three(long First, Two Rest);

    private readonly record struct Mixed(byte Small, long Large, bool Flag);

    [EtsRecord]
    private readonly record struct Marked(long First, long Second);

    private readonly record struct Dated(long Id, DateTime At, decimal Price);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Packed(byte Small, long Large);

    [StructLayout(LayoutKind.Explicit)]
    private struct Turned
    {
        [FieldOffset(8)]
        public int First;

        [FieldOffset(0)]
        public int Last;
    }

    private struct Row
    {
        public long Id;
        public FourCells Cells;
    }

    [InlineArray(4)]
    private struct FourCells
    {
        private int _cell;
    }
}
