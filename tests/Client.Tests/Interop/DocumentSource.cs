namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>Documents to exchange: one at each limit of each format, and random ones.</summary>
/// <param name="seed">Where the random ones begin.</param>
/// <param name="isJavaScript">Whether to keep to what JavaScript can hold: keys are text, and seconds are numbers.</param>
internal sealed class DocumentSource(int seed, bool isJavaScript)
{
    private const int DeepestRandom = 6;
    private const long SafeSeconds = 1L << 52;

    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 255, 256, 65_535, 65_536];

    private static readonly Int128[] Wholes = [.. Enumerable.Range(0, 65).SelectMany(Around).Where(value => value >= long.MinValue && value <= ulong.MaxValue)];

    private static readonly double[] Wides =
        [0.0, -0.0, 0.1, -1.5, 1e300, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1L << 60];

    private readonly Random _random = new(seed);

    /// <summary>A document at each limit of each format.</summary>
    public IEnumerable<Document> EveryFormat()
    {
        yield return new Document.Nil();
        yield return new Document.Boolean(true);
        yield return new Document.Boolean(false);
        foreach (var value in Wholes) yield return new Document.Whole(value);
        foreach (var value in Wides) yield return new Document.Wide(value);
        foreach (var value in Wides) yield return new Document.Narrow((float)value);
        foreach (var length in Lengths)
        {
            yield return new Document.Text(new string('x', length));
            yield return new Document.Binary(Bytes(length));
            yield return new Document.Extension(5, Bytes(length));
            yield return new Document.Sequence([.. Enumerable.Repeat<Document>(new Document.Boolean(true), length)]);
            yield return new Document.Map([.. Enumerable.Range(0, length).Select(key => ((Document)KeyOf(key), (Document)new Document.Whole(key)))]);
        }
        foreach (var seconds in (long[])[0, 1, uint.MaxValue, 1L << 32, (1L << 34) - 1, 1L << 34, -1, -62_135_596_800, 253_402_300_799, -SafeSeconds])
        {
            foreach (var nanoseconds in (uint[])[0, 1, 999_999_999]) yield return new Document.Moment(seconds, nanoseconds);
        }
    }

    /// <summary>A random document of any format.</summary>
    public Document Next() => Next(0);

    private static IEnumerable<Int128> Around(int bit) =>
        from sign in (Int128[])[1, -1]
        from offset in (Int128[])[-1, 0, 1]
        select (sign * (Int128.One << bit)) + offset;

    private static Document.Text KeyOf(int number) => new Document.Text($"key {number}");

    private Document Next(int depth) => _random.Next(depth < DeepestRandom ? 12 : 9) switch
    {
        0 => new Document.Nil(),
        1 => new Document.Boolean(_random.Next(2) == 0),
        2 or 3 => new Document.Whole(Whole()),
        4 => new Document.Wide(BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue))),
        5 => new Document.Narrow(BitConverter.Int32BitsToSingle(_random.Next(int.MinValue, int.MaxValue))),
        6 => new Document.Text(Text(_random.Next(40))),
        7 => new Document.Binary(Bytes(_random.Next(40))),
        8 => _random.Next(2) == 0
            ? new Document.Extension((sbyte)_random.Next(0, 128), Bytes(_random.Next(20)))
            : new Document.Moment(_random.NextInt64(-SafeSeconds, SafeSeconds), (uint)_random.Next(1_000_000_000)),
        9 or 10 => new Document.Sequence([.. Enumerable.Range(0, _random.Next(20)).Select(_ => Next(depth + 1))]),
        _ => new Document.Map([.. Enumerable.Range(0, _random.Next(20)).Select(key => (Key(key), Next(depth + 1)))]),
    };

    private Int128 Whole()
    {
        var bits = (ulong)_random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64);
        return _random.Next(2) == 0 ? bits : -(Int128)(bits >> 1);
    }

    /// <summary>Each key of a map once.</summary>
    private Document Key(int number) => isJavaScript ? KeyOf(number) : (number % 3) switch
    {
        0 => KeyOf(number),
        1 => new Document.Whole(-number),
        _ => new Document.Binary([(byte)number]),
    };

    private string Text(int length)
    {
        const string Letters = "aZ0 ß€漢🍺\0\n\"";
        var runes = Letters.EnumerateRunes().ToArray();
        return string.Concat(Enumerable.Range(0, length).Select(_ => runes[_random.Next(runes.Length)]));
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
