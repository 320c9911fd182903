using System.Globalization;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>Any MessagePack value as a tree, written by our writer and read by our reader.</summary>
internal abstract record Document
{
    /// <summary>The largest integer up to which JavaScript's numbers have all.</summary>
    private const double LargestSafe = 9007199254740991;

    public sealed record Nil : Document;

    public sealed record Boolean(bool Value) : Document;

    public sealed record Whole(Int128 Value) : Document;

    public sealed record Narrow(float Value) : Document;

    public sealed record Wide(double Value) : Document;

    public sealed record Text(string Value) : Document;

    public sealed record Binary(byte[] Value) : Document;

    public sealed record Extension(sbyte Type, byte[] Data) : Document;

    public sealed record Moment(long Seconds, uint Nanoseconds) : Document;

    public sealed record Sequence(Document[] Items) : Document;

    public sealed record Map((Document Key, Document Value)[] Pairs) : Document;

    public void Write(ref MessagePackWriter writer)
    {
        switch (this)
        {
            case Nil: writer.WriteNil(); break;
            case Boolean { Value: var value }: writer.WriteBoolean(value); break;
            case Whole { Value: var value } when Int128.IsNegative(value): writer.WriteInt64((long)value); break;
            case Whole { Value: var value }: writer.WriteUInt64((ulong)value); break;
            case Narrow { Value: var value }: writer.WriteSingle(value); break;
            case Wide { Value: var value }: writer.WriteDouble(value); break;
            case Text { Value: var value }: writer.WriteString(value); break;
            case Binary { Value: var value }: writer.WriteBinary(value); break;
            case Extension extension: writer.WriteExtension(extension.Type, extension.Data); break;
            case Moment moment: writer.WriteTimestamp(moment.Seconds, moment.Nanoseconds); break;
            case Sequence { Items: var items }:
                writer.WriteArrayHeader(items.Length);
                foreach (var item in items) item.Write(ref writer);
                break;
            case Map { Pairs: var pairs }:
                writer.WriteMapHeader(pairs.Length);
                foreach (var (key, value) in pairs)
                {
                    key.Write(ref writer);
                    value.Write(ref writer);
                }
                break;
        }
    }

    public static Document Read(ref MessagePackReader reader)
    {
        switch (reader.PeekType())
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return new Nil();
            case MessagePackType.Boolean:
                return new Boolean(reader.ReadBoolean());
            case MessagePackType.WholeNumber:
                return new Whole(ReadWhole(ref reader));
            case MessagePackType.FloatingPoint:
                return new Wide(reader.ReadDouble());
            case MessagePackType.Text:
                return new Text(reader.ReadString());
            case MessagePackType.Binary:
                return new Binary(reader.ReadBinary().ToArray());
            case MessagePackType.Extension:
                return ReadExtension(ref reader);
            case MessagePackType.Array:
                return ReadSequence(ref reader);
            default:
                return ReadMap(ref reader);
        }
    }

    /// <summary>The value in a form that the other implementations print too: what they understood must be what was meant.</summary>
    /// <param name="isJavaScript">Whether floating-point numbers without a fraction are integers.</param>
    public string Describe(bool isJavaScript) => this switch
    {
        Nil => "n",
        Boolean { Value: var value } => value ? "t" : "f",
        Whole { Value: var value } => string.Create(CultureInfo.InvariantCulture, $"i{value}"),
        Narrow { Value: var value } => DescribeFloat(value, isJavaScript),
        Wide { Value: var value } => DescribeFloat(value, isJavaScript),
        Text { Value: var value } => $"s{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(value))}",
        Binary { Value: var value } => $"b{Convert.ToHexStringLower(value)}",
        Extension extension => string.Create(CultureInfo.InvariantCulture, $"x{extension.Type}:{Convert.ToHexStringLower(extension.Data)}"),
        Moment moment => string.Create(CultureInfo.InvariantCulture, $"m{moment.Seconds}.{moment.Nanoseconds}"),
        Sequence { Items: var items } => $"[{string.Join(',', items.Select(item => item.Describe(isJavaScript)))}]",
        Map { Pairs: var pairs } => "{" + string.Join(',', pairs
            .Select(pair => $"{pair.Key.Describe(isJavaScript)}={pair.Value.Describe(isJavaScript)}")
            .Order(StringComparer.Ordinal)) + "}",
        _ => throw new InvalidOperationException(GetType().Name),
    };

    private static string DescribeFloat(double value, bool isJavaScript)
    {
        if (double.IsNaN(value)) return "dnan";
        return isJavaScript && double.IsInteger(value) && Math.Abs(value) <= LargestSafe
            ? string.Create(CultureInfo.InvariantCulture, $"i{(long)value}")
            : $"d{BitConverter.DoubleToUInt64Bits(value):x16}";
    }

    /// <summary>The reader has a method for each half; which one holds it shows in a copy.</summary>
    private static Int128 ReadWhole(ref MessagePackReader reader)
    {
        var copy = reader;
        try
        {
            var value = copy.ReadInt64();
            reader = copy;
            return value;
        }
        catch (MessagePackFormatException)
        {
            return reader.ReadUInt64();
        }
    }

    private static Document ReadExtension(ref MessagePackReader reader)
    {
        var copy = reader;
        var data = copy.ReadExtension(out var type);
        if (type == -1)
        {
            var seconds = reader.ReadTimestamp(out var nanoseconds);
            return new Moment(seconds, nanoseconds);
        }
        reader = copy;
        return new Extension(type, data.ToArray());
    }

    private static Sequence ReadSequence(ref MessagePackReader reader)
    {
        reader.Enter();
        var items = new Document[reader.ReadArrayHeader()];
        for (var index = 0; index < items.Length; index++) items[index] = Read(ref reader);
        reader.Leave();
        return new Sequence(items);
    }

    private static Map ReadMap(ref MessagePackReader reader)
    {
        reader.Enter();
        var pairs = new (Document, Document)[reader.ReadMapHeader()];
        for (var index = 0; index < pairs.Length; index++) pairs[index] = (Read(ref reader), Read(ref reader));
        reader.Leave();
        return new Map(pairs);
    }
}
