using System.Buffers;
using System.Globalization;
using System.Text;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>The package MessagePack as the other side: what it understands of a document, and the document as it encodes it.</summary>
internal static class IndependentMessagePack
{
    private const sbyte Timestamp = -1;

    public static (string Description, byte[] Encoded) Exchange(byte[] document)
    {
        var output = new ArrayBufferWriter<byte>();
        var reader = new MessagePack.MessagePackReader(document);
        var writer = new MessagePack.MessagePackWriter(output);
        var description = Copy(ref reader, ref writer);
        writer.Flush();
        Assert.True(reader.End);
        return (description, output.WrittenSpan.ToArray());
    }

    private static string Copy(ref MessagePack.MessagePackReader reader, ref MessagePack.MessagePackWriter writer)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePack.MessagePackType.Nil:
                reader.ReadNil();
                writer.WriteNil();
                return "n";
            case MessagePack.MessagePackType.Boolean:
                var truth = reader.ReadBoolean();
                writer.Write(truth);
                return truth ? "t" : "f";
            case MessagePack.MessagePackType.Integer:
                return CopyInteger(ref reader, ref writer);
            case MessagePack.MessagePackType.Float:
                var number = reader.ReadDouble();
                writer.Write(number);
                return double.IsNaN(number) ? "dnan" : $"d{BitConverter.DoubleToUInt64Bits(number):x16}";
            case MessagePack.MessagePackType.String:
                var text = reader.ReadString();
                writer.Write(text);
                return $"s{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text!))}";
            case MessagePack.MessagePackType.Binary:
                var bytes = reader.ReadBytes()!.Value.ToArray();
                writer.Write(bytes);
                return $"b{Convert.ToHexStringLower(bytes)}";
            case MessagePack.MessagePackType.Extension:
                return CopyExtension(ref reader, ref writer);
            case MessagePack.MessagePackType.Array:
                return CopyArray(ref reader, ref writer);
            default:
                return CopyMap(ref reader, ref writer);
        }
    }

    private static string CopyInteger(ref MessagePack.MessagePackReader reader, ref MessagePack.MessagePackWriter writer)
    {
        if (reader.NextCode is >= MessagePack.MessagePackCode.UInt8 and <= MessagePack.MessagePackCode.UInt64)
        {
            var unsigned = reader.ReadUInt64();
            writer.Write(unsigned);
            return string.Create(CultureInfo.InvariantCulture, $"i{unsigned}");
        }
        var signed = reader.ReadInt64();
        writer.Write(signed);
        return string.Create(CultureInfo.InvariantCulture, $"i{signed}");
    }

    /// <summary>Its timestamps have the years and the 100 nanoseconds of DateTime; others are compared by what its own encoding has of them.</summary>
    private static string CopyExtension(ref MessagePack.MessagePackReader reader, ref MessagePack.MessagePackWriter writer)
    {
        var extension = reader.ReadExtensionFormat();
        writer.WriteExtensionFormat(extension);
        var data = extension.Data.ToArray();
        if (extension.TypeCode != Timestamp)
            return string.Create(CultureInfo.InvariantCulture, $"x{extension.TypeCode}:{Convert.ToHexStringLower(data)}");
        var moment = (Document.Moment)DocumentBytes.Decode(DocumentBytes.Encode(new Document.Extension(Timestamp, data)));
        return moment.Describe(isJavaScript: false);
    }

    private static string CopyArray(ref MessagePack.MessagePackReader reader, ref MessagePack.MessagePackWriter writer)
    {
        var items = new string[reader.ReadArrayHeader()];
        writer.WriteArrayHeader(items.Length);
        for (var index = 0; index < items.Length; index++) items[index] = Copy(ref reader, ref writer);
        return $"[{string.Join(',', items)}]";
    }

    private static string CopyMap(ref MessagePack.MessagePackReader reader, ref MessagePack.MessagePackWriter writer)
    {
        var pairs = new string[reader.ReadMapHeader()];
        writer.WriteMapHeader(pairs.Length);
        for (var index = 0; index < pairs.Length; index++) pairs[index] = $"{Copy(ref reader, ref writer)}={Copy(ref reader, ref writer)}";
        return "{" + string.Join(',', pairs.Order(StringComparer.Ordinal)) + "}";
    }
}
