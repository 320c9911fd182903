using System.Globalization;
using System.Text.Json;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>npm's msgpack-test-suite: values, each with every encoding that the specification allows.</summary>
public sealed class TestSuiteVectorTests
{
    [ForeignFact]
    public void Every_encoding_is_read_as_its_value_and_the_shortest_is_written()
    {
        var suite = Path.Combine(ForeignImplementations.NodeModules, "msgpack-test-suite", "dist", "msgpack-test-suite.json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(suite));
        var read = 0;
        foreach (var vector in json.RootElement.EnumerateObject().SelectMany(group => group.Value.EnumerateArray()))
        {
            var value = ValueOf(vector);
            var encodings = vector.GetProperty("msgpack").EnumerateArray().Select(hex => Bytes(hex.GetString()!)).ToArray();
            foreach (var encoding in encodings)
            {
                Assert.Equal(Described(value), Described(DocumentBytes.Decode(encoding)));
                read++;
            }
            var written = DocumentBytes.Encode(value);
            Assert.Contains(encodings, encoding => encoding.AsSpan().SequenceEqual(written));
            Assert.Equal(encodings.Where(encoding => !IsFloat(encoding) || value is Document.Wide).Min(encoding => LengthOf(encoding, value)), written.Length);
        }
        Assert.True(read > 200, $"only {read} encodings");
    }

    /// <summary>The suite writes whole numbers as floating-point ones too, which are other values to us.</summary>
    private static string Described(Document document) => document.Describe(isJavaScript: true);

    private static bool IsFloat(byte[] encoding) => encoding[0] is 0xca or 0xcb;

    /// <summary>A number with a fraction is a wide one to us, whatever would do.</summary>
    private static int LengthOf(byte[] encoding, Document value) => value is Document.Wide && encoding[0] == 0xca ? int.MaxValue : encoding.Length;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace("-", "", StringComparison.Ordinal));

    private static Document ValueOf(JsonElement vector)
    {
        if (vector.TryGetProperty("bignum", out var large)) return new Document.Whole(Int128.Parse(large.GetString()!, CultureInfo.InvariantCulture));
        if (vector.TryGetProperty("binary", out var binary)) return new Document.Binary(Bytes(binary.GetString()!));
        if (vector.TryGetProperty("timestamp", out var moment)) return new Document.Moment(moment[0].GetInt64(), moment[1].GetUInt32());
        if (vector.TryGetProperty("ext", out var extension)) return new Document.Extension(extension[0].GetSByte(), Bytes(extension[1].GetString()!));
        return Plain(vector.EnumerateObject().First(property => property.Name != "msgpack").Value);
    }

    private static Document Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => new Document.Nil(),
        JsonValueKind.True or JsonValueKind.False => new Document.Boolean(value.GetBoolean()),
        JsonValueKind.String => new Document.Text(value.GetString()!),
        JsonValueKind.Array => new Document.Sequence([.. value.EnumerateArray().Select(Plain)]),
        JsonValueKind.Object => new Document.Map([.. value.EnumerateObject().Select(pair => ((Document)new Document.Text(pair.Name), Plain(pair.Value)))]),
        _ => value.TryGetInt64(out var whole) ? new Document.Whole(whole) : new Document.Wide(value.GetDouble()),
    };
}
