using System.Text;
using System.Text.Json;

namespace EtsPersist.Mmf.Client.Tests;

/// <summary>A key that is written as text is found under the same bytes as the key that a program uses.</summary>
public sealed class KeyJsonTests
{
    internal sealed record OrderId(string Shop, int Number, long? Part, int[] Path);

    internal struct Cell
    {
        public double Row;
        public int Column;
        public int Layer;
    }

    [Fact]
    public void Primitives_are_written_as_they_are()
    {
        Same("alice", "alice");
        Same("\"a\\n\\\"b\\\"\"", "a\n\"b\"");
        Same("\"", "\"");
        Same("\"7\"", 7);
        Same("-7", -7L);
        Same("255", byte.MaxValue);
        Same("1e3", 1000.0);
        Same("-0", 0.0);
        Same("NaN", double.NaN);
        Same("1.00", 1m);
        Same("true", true);
        Same("x", 'x');
        Same("AQI=", new byte[] { 1, 2 });
        Same("00000001-0002-0003-0405-060708090a0b", new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Same("2026-11-28T10:00:00Z", new DateTime(2026, 11, 28, 10, 0, 0, DateTimeKind.Utc));
        Same("2026-11-28T10:00:00+02:00", new DateTimeOffset(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(2)));
        Same("2026-11-28", new DateOnly(2026, 11, 28));
        Same("09:30", new TimeOnly(9, 30));
        Same("1.02:03:04", new TimeSpan(1, 2, 3, 4));
    }

    [Fact]
    public void Tuples_are_arrays()
    {
        Same("""["a", 7]""", ("a", 7));
        Same("""[["", true], "AAA=", 2.5]""", (("", true), new byte[] { 0, 0 }, 2.5));
    }

    [Fact]
    public void Records_are_objects_with_all_their_members_in_any_order()
    {
        var use = CodecUse.HashKey;
        var codec = Codecs.ForKey<OrderId>();
        var bytes = CodecCheck.Bytes(codec, new OrderId("main", 5, null, [1, 2]));
        Assert.Equal(bytes, KeyJson.Encode(codec.Schema, """{"Number": 5, "Shop": "main", "Part": null, "Path": [1, 2]}""", use));
    }

    [Fact]
    public void Structs_are_objects_with_all_their_fields()
    {
        var codec = Codecs.ForKey<Cell>();
        var bytes = CodecCheck.Bytes(codec, new Cell { Row = -0.0, Column = 3, Layer = -1 });
        Assert.Equal(bytes, KeyJson.Encode(codec.Schema, """{"Row": 0, "Column": 3, "Layer": -1}""", CodecUse.HashKey));
    }

    [Fact]
    public void What_is_shown_of_a_key_can_be_asked_for()
    {
        Check(("a\0b\"", -1, new byte[] { 0, 255 }));
        Check((Guid.NewGuid(), DateTimeOffset.UnixEpoch, 1.25f, UInt128.MaxValue));

        static void Check<T>(T key)
        {
            foreach (var (codec, use) in new[] { (Codecs.ForKey<T>(), CodecUse.HashKey), (Codecs.ForOrderedKey<T>(), CodecUse.OrderedKey) })
            {
                var stored = CodecCheck.Bytes(codec, key);
                using var text = new MemoryStream();
                using (var json = new Utf8JsonWriter(text)) RowJson.Write(json, codec.Schema, stored, use);
                Assert.Equal(stored, KeyJson.Encode(codec.Schema, Encoding.UTF8.GetString(text.ToArray()), use));
            }
        }
    }

    [Theory]
    [InlineData("eleven", "'eleven' is no int32. Write it like 42.")]
    [InlineData("99999999999", "'99999999999' is no int32")]
    public void A_text_that_is_no_key_is_explained(string text, string message) => Explained<int>(text, message);

    [Theory]
    [InlineData("a, 7", "is no JSON")]
    [InlineData("[\"a\"]", "An array of 2 values is expected")]
    [InlineData("[\"a\", \"b\"]", "such as [\"alice\", 42]")]
    [InlineData("[\"a\", [1]]", "A value of type int32 is expected")]
    public void A_tuple_that_is_none_is_explained_with_one_that_is(string text, string message) => Explained<(string, int)>(text, message);

    [Theory]
    [InlineData("{}", "'Shop' of OrderId is missing")]
    [InlineData("[]", "An object is expected")]
    [InlineData("""{"Shop":"a","Number":1,"Part":1,"Path":[],"More":1}""", "has no member 'More'")]
    [InlineData("""{"Shop":"a","Number":1,"Part":1,"Path":1}""", "An array is expected")]
    public void A_record_that_is_none_is_explained(string text, string message) => Explained<OrderId>(text, message);

    private static void Explained<T>(string text, string message)
    {
        var error = Assert.Throws<KeyTextException>(() => KeyJson.Encode(Codecs.ForKey<T>().Schema, text, CodecUse.HashKey));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static void Same<T>(string text, T key)
    {
        var hashed = Codecs.ForKey<T>();
        Assert.Equal(CodecCheck.Bytes(hashed, key), KeyJson.Encode(hashed.Schema, text, CodecUse.HashKey));
        if (typeof(T) == typeof(decimal)) return; // no key of an ordered table
        var ordered = Codecs.ForOrderedKey<T>();
        Assert.Equal(CodecCheck.Bytes(ordered, key), KeyJson.Encode(ordered.Schema, text, CodecUse.OrderedKey));
    }
}
