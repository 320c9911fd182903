namespace EtsPersist.Mmf;

/// <summary>A dictionary as a map, or nil. Only in values: the order of its pairs is not its own.</summary>
internal sealed class DictionaryFormatter<TKey, TValue>(MessagePackFormatter<TKey> keys, MessagePackFormatter<TValue> values)
    : MessagePackFormatter<Dictionary<TKey, TValue>?>
    where TKey : notnull
{
    private const int LongestHead = 5;

    public override SchemaNode Schema { get; } = SchemaNode.Map(keys.Schema, values.Schema);

    public override long MaxSize(Dictionary<TKey, TValue>? value, int depth)
    {
        var size = (long)LongestHead;
        var deeper = Deeper(depth);
        if (value is null) return size;
        foreach (var pair in value) size += keys.MaxSize(pair.Key, deeper) + values.MaxSize(pair.Value, deeper);
        return size;
    }

    public override void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Enter();
        writer.WriteMapHeader(value.Count);
        foreach (var pair in value)
        {
            keys.Write(ref writer, pair.Key);
            values.Write(ref writer, pair.Value);
        }

        writer.Leave();
    }

    public override Dictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        reader.Enter();
        var count = reader.ReadMapHeader();
        var pairs = new Dictionary<TKey, TValue>(count);
        for (; count > 0; count--)
        {
            var start = reader.Position;
            var key = keys.Read(ref reader);
            if (key is null || !pairs.TryAdd(key, values.Read(ref reader)))
                throw new MessagePackFormatException(start, $"a map whose keys differ and are not nil, found {key?.ToString() ?? "nil"}");
        }

        reader.Leave();
        return pairs;
    }
}
