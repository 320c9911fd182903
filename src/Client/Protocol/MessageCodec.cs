using System.Buffers;
using System.Buffers.Binary;

namespace EtsPersist.Mmf.Protocol;

/// <summary>Turns messages into frames and back.</summary>
internal static class MessageCodec
{
    /// <summary>Encodes a frame, its length in front.</summary>
    /// <param name="id">The id of the request that it is or answers; 0 for a notification.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="ProtocolException">The message does not fit into a frame.</exception>
    public static byte[] Encode<T>(uint id, T message) where T : IMessage<T>
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.GetSpan(FrameLimits.HeaderBytes);
        buffer.Advance(FrameLimits.HeaderBytes);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2 + T.FieldCount);
        writer.WriteUInt64((byte)T.Type);
        writer.WriteUInt64(id);
        message.WriteFields(ref writer);
        var frame = buffer.WrittenSpan.ToArray();
        var length = frame.Length - FrameLimits.HeaderBytes;
        if (length > FrameLimits.MaximumBytes)
            throw new ProtocolException($"The message {T.Type} has {length} bytes; frames have at most {FrameLimits.MaximumBytes}.");
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)length);
        return frame;
    }

    /// <summary>Reads the fields of a message whose type the caller has looked at.</summary>
    public static T ReadFields<T>(ref FieldReader reader) where T : IMessage<T>
    {
        try
        {
            return T.ReadFields(ref reader);
        }
        catch (EtsException error) when (error is MessagePackFormatException or InvalidNameException)
        {
            throw new ProtocolException($"A message {T.Type} is malformed: {error.Message}", error);
        }
    }

    /// <summary>Reads a payload that must be a message of one type.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> payload, out uint id) where T : IMessage<T>
    {
        var reader = FieldReader.Open(payload, out var header);
        if (header.Type != T.Type) throw new ProtocolException($"Expected the message {T.Type}, got {header.Type}.");
        id = header.Id;
        return ReadFields<T>(ref reader);
    }
}
