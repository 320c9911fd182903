using System.Buffers;
using MessagePack;

namespace EtsPersist.Mmf.Client.Tests.Serializers;

public sealed class MessagePackCSharpCodec<T>() : SerializerCodec<T>($"messagepack-csharp:{typeof(T).Name}")
{
    protected override void Serialize(T value, IBufferWriter<byte> output) => MessagePackSerializer.Serialize(output, value);

    protected override T? Deserialize(ReadOnlySpan<byte> source) => MessagePackSerializer.Deserialize<T>(source.ToArray());
}
