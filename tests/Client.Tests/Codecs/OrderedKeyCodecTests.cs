using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

/// <summary>Ordered tables compare the bytes of keys: these are in the order of the keys, equal for equal ones, and come back.</summary>
public sealed class OrderedKeyCodecTests
{
    private const int Samples = 400;

    [Fact]
    public void Integers_are_in_their_order()
    {
        Check<sbyte>(random => (sbyte)random.Next(-128, 128), sbyte.MinValue, sbyte.MaxValue, 0, -1, 1);
        Check<byte>(random => (byte)random.Next(256), 0, 1, 127, 128, 255);
        Check<short>(random => (short)random.Next(), short.MinValue, short.MaxValue, 0, -1);
        Check<ushort>(random => (ushort)random.Next(), 0, 0x7fff, 0x8000, ushort.MaxValue);
        Check<int>(random => random.Next(), int.MinValue, int.MaxValue, 0, -1, 1, 256);
        Check<uint>(random => (uint)random.NextInt64(), 0, int.MaxValue, 0x8000_0000, uint.MaxValue);
        Check<long>(random => random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue, 0, -1, 1);
        Check<ulong>(random => (ulong)random.NextInt64(long.MinValue, long.MaxValue), 0, long.MaxValue, ulong.MaxValue);
        Check<Int128>(random => new Int128((ulong)random.NextInt64(long.MinValue, long.MaxValue), 5), Int128.MinValue, Int128.MaxValue, 0, -1, 1);
        Check<UInt128>(random => new UInt128((ulong)random.NextInt64(), 7), UInt128.MinValue, UInt128.MaxValue, 1);
    }

    [Fact]
    public void Floating_point_numbers_are_in_their_order_with_NaN_before_all()
    {
        Check(random => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) is var value && double.IsNaN(value) ? double.NaN : value,
            double.NaN, double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, 0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity);
        Check(random => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) is var value && float.IsNaN(value) ? float.NaN : value,
            float.NaN, float.NegativeInfinity, float.MinValue, -float.Epsilon, 0f, float.Epsilon, float.PositiveInfinity);
        Check(random => (Half)(random.NextDouble() - 0.5), Half.NaN, Half.MinValue, Half.Zero, Half.Epsilon, Half.MaxValue);
        Assert.Equal(Hex(Codecs.ForOrderedKey<double>(), 0.0), Hex(Codecs.ForOrderedKey<double>(), -0.0));
    }

    [Fact]
    public void Other_types_of_a_fixed_size_are_in_their_order()
    {
        Check(_ => Guid.NewGuid(), Guid.Empty, Guid.AllBitsSet);
        Check(random => (char)random.Next(char.MaxValue), 'a', 'b', char.MaxValue);
        Check(random => random.Next(2) == 0, false, true);
        Check(random => new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue)), TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue);
        Check(random => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc), DateTime.MinValue, DateTime.MaxValue);
        Check(random => new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero), DateTimeOffset.UnixEpoch);
        Check(random => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)), DateOnly.MinValue, DateOnly.MaxValue);
        Check(random => new TimeOnly(random.NextInt64(TimeOnly.MaxValue.Ticks)), TimeOnly.MinValue, TimeOnly.MaxValue);
        Check(random => (DayOfWeek)random.Next(-5, 5), DayOfWeek.Sunday, (DayOfWeek)int.MinValue);
    }

    [Fact]
    public void Text_is_in_the_order_of_its_code_points()
    {
        Check(RandomText, string.CompareOrdinal, "", "a", "aa", "ab", "b", "\0", "a\0", "a\0b", "\u00e4", "\u20ac");
        string[] ascending = ["", "\0", "A", "Z", "a", "a\0", "aa", "z", "\u00e4", "\uffee", "\U0001f600"];
        Assert.Equal(ascending, ascending.OrderBy(text => Hex(Codecs.ForOrderedKey<string>(), text), StringComparer.Ordinal));
    }

    [Fact]
    public void Bytes_are_in_their_order() =>
        Check(RandomBytes, (left, right) => left.AsSpan().SequenceCompareTo(right), [], [0], [0, 0], [0, 1], [1], [255], [255, 0]);

    [Fact]
    public void Tuples_are_in_the_order_of_their_elements()
    {
        Check(random => (random.Next(-3, 3), RandomText(random)),
            (left, right) => left.Item1 != right.Item1 ? left.Item1.CompareTo(right.Item1) : string.CompareOrdinal(left.Item2, right.Item2), (0, ""), (-1, "z"));
        Check(random => (RandomText(random), random.Next(-3, 3)), Compare, ("a", 0), ("a", -1), ("a\0", -1), ("", 5), ("ab", -9));
        Check(random => (RandomText(random), RandomText(random)), Compare, ("a", "b"), ("ab", ""), ("a\0", ""), ("a", "\0"), ("", "ab"));
        Check(random => ((RandomText(random), random.Next(3)), RandomText(random)),
            (left, right) => Compare(left.Item1, right.Item1) is var first && first != 0 ? first : string.CompareOrdinal(left.Item2, right.Item2), (("a", 0), "x"));
        Assert.Equal(12, Codecs.ForOrderedKey<(int, long)>().FixedSize);

        static int Compare<T>((string, T) left, (string, T) right) =>
            string.CompareOrdinal(left.Item1, right.Item1) is var first && first != 0 ? first
            : left.Item2 is string text ? string.CompareOrdinal(text, right.Item2 as string)
            : Comparer<T>.Default.Compare(left.Item2, right.Item2);
    }

    [Fact]
    public void A_long_element_of_a_tuple_comes_back()
    {
        var key = (new string('\0', 5_000) + "x", 7);
        Assert.Equal(key, RoundTrip(Codecs.ForOrderedKey<(string, int)>(), key));
    }

    [Fact]
    public void The_bytes_of_keys_stay_what_they_are()
    {
        Assert.Equal("800000000000002a", Hex(Codecs.ForOrderedKey<long>(), 42));
        Assert.Equal("7fffffff", Hex(Codecs.ForOrderedKey<int>(), -1));
        Assert.Equal("bff0000000000000", Hex(Codecs.ForOrderedKey<double>(), 1.0));
        Assert.Equal("61", Hex(Codecs.ForOrderedKey<string>(), "a"));
        Assert.Equal("6100ff62000080000001", Hex(Codecs.ForOrderedKey<(string, int)>(), ("a\0b", 1)));
    }

    [Fact]
    public void Types_without_an_order_are_refused_and_the_message_says_what_has_one()
    {
        var error = Assert.Throws<UnsupportedTypeException>(() => Codecs.ForOrderedKey<Uri>());
        Assert.Contains("tuple", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForOrderedKey<decimal>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForOrderedKey<(int, decimal)>());
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForOrderedKey<Dictionary<int, int>>());
    }

    [Fact]
    public void Bytes_of_another_program_give_a_value_or_the_typed_error()
    {
        SurvivesAnyBytes(Codecs.ForOrderedKey<long>(), 5L, 1);
        SurvivesAnyBytes(Codecs.ForOrderedKey<bool>(), true, 2);
        SurvivesAnyBytes(Codecs.ForOrderedKey<DateTime>(), DateTime.UnixEpoch, 3);
        SurvivesAnyBytes(Codecs.ForOrderedKey<DateOnly>(), new DateOnly(2000, 1, 1), 4);
        SurvivesAnyBytes(Codecs.ForOrderedKey<TimeOnly>(), new TimeOnly(1, 1), 5);
        SurvivesAnyBytes(Codecs.ForOrderedKey<Guid>(), Guid.AllBitsSet, 6);
        SurvivesAnyBytes(Codecs.ForOrderedKey<string>(), "text", 7);
        SurvivesAnyBytes(Codecs.ForOrderedKey<(string, int, byte[])>(), ("te\0xt", 5, [0, 1]), 8);
    }

    private static void Check<T>(Func<Random, T> next, params T[] edges) => Check(next, Comparer<T>.Default.Compare, edges);

    private static void Check<T>(Func<Random, T> next, Comparison<T> compare, params T[] edges)
    {
        var codec = Codecs.ForOrderedKey<T>();
        var random = new Random(5);
        T[] values = [.. edges, .. Enumerable.Range(0, Samples).Select(_ => next(random))];
        var encoded = Array.ConvertAll(values, value => Bytes(codec, value));
        for (var left = 0; left < values.Length; left++)
        {
            Assert.Equal(values[left], codec.Decode(encoded[left]));
            for (var right = 0; right < edges.Length; right++)
                RequireSameOrder(left, right);
            RequireSameOrder(left, random.Next(values.Length));
        }

        void RequireSameOrder(int left, int right) => Assert.True(
            Math.Sign(compare(values[left], values[right])) == Math.Sign(encoded[left].AsSpan().SequenceCompareTo(encoded[right])),
            $"{values[left]} is {Convert.ToHexString(encoded[left])}, {values[right]} is {Convert.ToHexString(encoded[right])}");
    }

    private static string RandomText(Random random)
    {
        const string Letters = "\0\u0001ab\u00e4\u20ac";
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)]));
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(5)];
        for (var index = 0; index < bytes.Length; index++) bytes[index] = (byte)(random.Next(3) * 127);
        return bytes;
    }
}
