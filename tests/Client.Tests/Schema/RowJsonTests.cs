using System.Text;
using System.Text.Json;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class RowJsonTests
{
    internal sealed record Account(long Balance, string? Owner, decimal Limit = 0, int? Rank = null);

    internal sealed record Tree(int Value, Tree? Left = null, List<Tree>? Others = null);

    internal sealed record Everything(
        Dictionary<string, double> Weights,
        Dictionary<Account, int> Ranks,
        byte[] Bytes,
        DateTime Made,
        UInt128 Wide,
        char Letter,
        DayOfWeek Day);

    internal struct Point
    {
        public int X;
        public bool IsSet;
        public Half Weight;
    }

    [System.Runtime.CompilerServices.InlineArray(3)]
    internal struct Three
    {
        private short _first;
    }

    internal struct Block
    {
        public long Head;
        public Three Tail;
    }

    [Fact]
    public void Primitives_are_numbers_booleans_or_text()
    {
        Assert.Equal("-5", Json<sbyte>(-5));
        Assert.Equal("18446744073709551615", Json(ulong.MaxValue));
        Assert.Equal("-170141183460469231731687303715884105728", Json(Int128.MinValue));
        Assert.Equal("1E+20", Json(1e20));
        Assert.Equal("\"NaN\"", Json(double.NaN));
        Assert.Equal("\"-Infinity\"", Json(float.NegativeInfinity));
        Assert.Equal("true", Json(true));
        Assert.Equal("1.50", Json(1.50m));
        Assert.Equal("\"a \\u0022quoted\\u0022 name\"", Json("a \"quoted\" name"));
        Assert.Equal("\"AQI=\"", Json(new byte[] { 1, 2 }));
        Assert.Equal("\"1970-01-01T00:00:00.0000000Z\"", Json(DateTime.UnixEpoch));
        Assert.Equal("\"1.02:03:04\"", Json(new TimeSpan(1, 2, 3, 4)));
        Assert.Equal("\"2026-11-28\"", Json(new DateOnly(2026, 11, 28)));
    }

    [Fact]
    public void Records_are_objects_with_the_names_of_their_members() =>
        Assert.Equal("""{"Balance":70,"Owner":null,"Limit":1.5,"Rank":3}""", Json(new Account(70, null, 1.5m, 3)));

    [Fact]
    public void A_member_that_an_older_row_lacks_is_left_out()
    {
        var newer = Codecs.ForValue<Account>().Schema;
        Assert.Equal("""{"Balance":70}""", Json(newer, [0x91, 70], CodecUse.Value));
    }

    [Fact]
    public void A_member_that_a_newer_row_has_is_skipped()
    {
        var older = SchemaNode.Record("Account", [new SchemaMember(1, "Balance", SchemaNode.Primitive("int64"))]);
        Assert.Equal("""{"Balance":70}""", Json(older, [0x92, 70, 0x93, 1, 2, 3], CodecUse.Value));
    }

    [Fact]
    public void Records_that_contain_themselves_are_followed_to_their_end() => Assert.Equal(
        """{"Value":1,"Left":{"Value":2,"Left":null,"Others":[{"Value":3,"Left":null,"Others":null}]},"Others":null}""",
        Json(new Tree(1, new Tree(2, null, [new Tree(3)]))));

    [Fact]
    public void Maps_are_objects_where_their_keys_are_primitives_and_pairs_elsewhere()
    {
        var everything = new Everything(
            new() { ["a"] = 0.5 }, new() { [new Account(1, "x")] = 2 }, [255], DateTime.UnixEpoch, 7, 'ß', DayOfWeek.Friday);
        using var json = JsonDocument.Parse(Json(everything));
        Assert.Equal("""{"a":0.5}""", json.RootElement.GetProperty("Weights").GetRawText());
        Assert.Equal("""[[{"Balance":1,"Owner":"x","Limit":0,"Rank":null},2]]""", json.RootElement.GetProperty("Ranks").GetRawText());
        Assert.Equal("ß", json.RootElement.GetProperty("Letter").GetString());
        Assert.Equal(5, json.RootElement.GetProperty("Day").GetInt32());
    }

    [Fact]
    public void Tuples_are_arrays_in_every_use()
    {
        var key = ("a\0b", 7, new byte[] { 0, 0 }, (true, "x"));
        Assert.Equal("""["a\u0000b",7,"AAA=",[true,"x"]]""", Json(key));
        var ordered = Codecs.ForOrderedKey<(string, int, byte[], (bool, string))>();
        Assert.Equal("""["a\u0000b",7,"AAA=",[true,"x"]]""", Json(ordered, key, CodecUse.OrderedKey));
    }

    [Fact]
    public void Structs_are_objects_with_their_fields()
    {
        Assert.Equal("""{"X":-1,"IsSet":true,"Weight":0.5}""", Json(new Point { X = -1, IsSet = true, Weight = (Half)0.5 }));
        var block = new Block { Head = 9 };
        block.Tail[1] = 5;
        using var json = JsonDocument.Parse(Json(block));
        Assert.Equal("[0,5,0]", json.RootElement.EnumerateObject().Last().Value.GetRawText());
    }

    [Fact]
    public void What_another_serializer_wrote_is_its_bytes() =>
        Assert.Equal("\"AQID\"", Json(SchemaNode.Primitive("protobuf:Account"), [1, 2, 3], CodecUse.Value));

    [Fact]
    public void Bytes_that_are_not_what_the_schema_says_are_a_typed_error()
    {
        var schemas = new[]
        {
            Codecs.ForValue<Tree>().Schema, Codecs.ForValue<Everything>().Schema, Codecs.ForKey<(string, int)>().Schema,
            Codecs.ForValue<Block>().Schema, Codecs.ForValue<double>().Schema,
        };
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            try
            {
                Json(schemas[round % schemas.Length], bytes, (CodecUse)random.Next(3));
            }
            catch (RowFormatException)
            {
                // The one error that is allowed.
            }
        }
    }

    [Fact]
    public void A_schema_that_refers_to_nothing_is_a_typed_error()
    {
        var schema = SchemaNode.Record("A", [new SchemaMember(1, "Self", SchemaNode.Reference("A", 5))]);
        Assert.Throws<TableSchemaException>(() => Json(schema, [0x91, 0x91, 0xc0], CodecUse.Value));
    }

    private static string Json<T>(T value) => Json(Codecs.ForValue<T>(), value, CodecUse.Value);

    private static string Json<T>(ICodec<T> codec, T value, CodecUse use) => Json(codec.Schema, CodecCheck.Bytes(codec, value), use);

    private static string Json(SchemaNode schema, byte[] stored, CodecUse use)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) RowJson.Write(json, schema, stored, use);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
