using System.Text;
using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Replay;

/// <summary>Rows and keys as the recordings write them.</summary>
internal static class Json<TKey>
{
    /// <summary>The order of the keys in a recording: strings by their UTF-8 bytes.</summary>
    public static readonly IComparer<TKey> KeyOrder = typeof(TKey) == typeof(string)
        ? Comparer<TKey>.Create(static (one, other) => Utf8(one).AsSpan().SequenceCompareTo(Utf8(other)))
        : Comparer<TKey>.Default;

    /// <summary>The key of an operation, by the member's name.</summary>
    public static TKey Key(JsonNode operation, string member = "key") => operation[member]!.GetValue<TKey>();

    /// <summary>A key.</summary>
    public static JsonNode? Of(TKey key) => JsonValue.Create(key);

    /// <summary>The row in a JSON array.</summary>
    public static KeyValuePair<TKey, Value> Row(JsonNode? row) =>
        new(row![0]!.GetValue<TKey>(), new Value(row[1]!.GetValue<long>(), row[2]!.GetValue<string>()));

    /// <summary>The rows in a JSON array.</summary>
    public static KeyValuePair<TKey, Value>[] Rows(JsonNode? rows) => [.. rows!.AsArray().Select(Row)];

    /// <summary>Rows under a key.</summary>
    public static JsonArray Of(TKey key, IEnumerable<Value> values) => Of(values.Select(value => KeyValuePair.Create(key, value)));

    /// <summary>Rows.</summary>
    public static JsonArray Of(IEnumerable<KeyValuePair<TKey, Value>> rows) =>
        new([.. rows.Select(row => new JsonArray(Of(row.Key), row.Value.Count, row.Value.Text))]);

    private static byte[] Utf8(TKey key) => Encoding.UTF8.GetBytes((string)(object)key!);
}
