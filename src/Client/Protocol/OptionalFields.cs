namespace EtsPersist.Mmf.Protocol;

/// <summary>Writes fields that may be missing, as nil.</summary>
internal static class OptionalFields
{
    public static void WriteOptionalBinary(this ref MessagePackWriter writer, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes) writer.WriteBinary(bytes.Span);
        else writer.WriteNil();
    }

    public static void WriteOptionalInt64(this ref MessagePackWriter writer, long? value)
    {
        if (value is { } number) writer.WriteInt64(number);
        else writer.WriteNil();
    }
}
