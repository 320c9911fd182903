using System.Text.Json;

namespace EtsPersist.Mmf.Client.Tests.Serializers;

/// <summary>Another serializer in place of the built-in codec. Each test has types of its own, since a type's codec is chosen once for a process.</summary>
public sealed class SerializerCodecTests : IDisposable
{
    private readonly TypedTables _tables = new();

    [Fact]
    public void Rows_are_stored_as_JSON_and_come_back()
    {
        Codecs.UseForValue(new JsonCodec<Invoice>());
        using var table = _tables.Open<string, Invoice>();
        table.Insert("first", new Invoice(7, "alice"));
        Assert.True(table.TryGet("first", out var invoice));
        Assert.Equal(new Invoice(7, "alice"), invoice);
        Assert.Equal("key: string; value: json:Invoice", table.Schema.ToString());
        var stored = new byte[100];
        table.File.Read("first"u8, stored, out var length);
        using var json = JsonDocument.Parse(stored.AsMemory(0, length));
        Assert.Equal("alice", json.RootElement.GetProperty("Customer").GetString());
    }

    [Fact]
    public void Rows_are_stored_by_MessagePack_CSharp_and_come_back()
    {
        Codecs.UseForValue(new MessagePackCSharpCodec<Parcel>());
        using var table = _tables.Open<long, Parcel>();
        table.Insert(1, new Parcel { Weight = 2.5, Address = "here" });
        Assert.True(table.TryGet(1, out var parcel));
        Assert.Equal((2.5, "here"), (parcel.Weight, parcel.Address));
        Assert.Equal("key: int64; value: messagepack-csharp:Parcel", table.Schema.ToString());
    }

    [Fact]
    public void A_program_that_stores_the_type_otherwise_is_refused()
    {
        Codecs.UseForValue(new JsonCodec<Order>());
        using (_tables.Open<string, Order>()) { }
        Assert.Throws<TableSchemaException>(() => _tables.Open<string, OrderOfAnotherProgram>());
    }

    [Fact]
    public void Bytes_that_the_serializer_does_not_know_are_a_typed_error()
    {
        var codec = new JsonCodec<Invoice>();
        Assert.IsType<JsonException>(Assert.Throws<RowFormatException>(() => codec.Decode("{\"Number\":"u8)).InnerException);
        Assert.Throws<RowFormatException>(() => codec.Decode("null"u8));
    }

    [Fact]
    public void A_type_whose_codec_is_in_use_keeps_it()
    {
        Codecs.ForValue<Receipt>();
        var error = Assert.Throws<InvalidOperationException>(() => Codecs.UseForValue(new JsonCodec<Receipt>()));
        Assert.Contains(nameof(Receipt), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_codec_may_be_given_again()
    {
        var codec = new JsonCodec<Ticket>();
        Codecs.UseForValue(codec);
        Codecs.UseForValue(codec);
        Assert.Same(codec, Codecs.ForValue<Ticket>());
    }

    [Fact]
    public void A_type_that_is_its_own_bytes_takes_no_codec()
    {
        Assert.Throws<UnsupportedTypeException>(() => Codecs.UseForValue(new JsonCodec<long>()));
        Assert.Throws<UnsupportedTypeException>(() => Codecs.UseForKey(new JsonCodec<Guid>()));
    }

    [Fact]
    public void A_row_of_a_value_type_and_a_row_that_changes_are_encoded_as_they_are_then()
    {
        var points = new JsonCodec<(int, int)[]>();
        var row = new[] { (1, 2) };
        var room = new byte[points.MaxSize(row)];
        Assert.Equal(room.Length, points.Encode(row, room));
        var numbers = new JsonCodec<decimal>();
        Assert.Equal(4, numbers.MaxSize(1.25m));
        Assert.Equal(3, numbers.Encode(2.5m, new byte[4]));
    }

    [Fact]
    public void A_key_may_have_a_codec_too()
    {
        Codecs.UseForKey(new JsonCodec<Place>());
        using var table = _tables.Open<Place, long>();
        table.Insert(new Place("hall", 1), 10);
        table.Insert(new Place("hall", 2), 20);
        Assert.True(table.TryGet(new Place("hall", 2), out var found));
        Assert.Equal(20, found);
    }

    public void Dispose() => _tables.Dispose();

    public sealed record Invoice(long Number, string Customer);

    public sealed record Order(long Number);

    public sealed record OrderOfAnotherProgram(long Number);

    public sealed record Receipt(long Number);

    public sealed record Ticket(long Number);

    public sealed record Place(string Room, int Seat);

    [MessagePack.MessagePackObject]
    public sealed class Parcel
    {
        [MessagePack.Key(0)]
        public double Weight { get; set; }

        [MessagePack.Key(1)]
        public string Address { get; set; } = "";
    }
}
