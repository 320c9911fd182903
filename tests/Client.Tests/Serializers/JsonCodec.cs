using System.Buffers;
using System.Text.Json;

namespace EtsPersist.Mmf.Client.Tests.Serializers;

public sealed class JsonCodec<T>() : SerializerCodec<T>($"json:{typeof(T).Name}")
{
    protected override void Serialize(T value, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, value);
    }

    protected override T? Deserialize(ReadOnlySpan<byte> source) => JsonSerializer.Deserialize<T>(source);
}
