using System.Runtime.InteropServices;
using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

/// <summary>Tables compare the bytes of keys: equal keys have equal bytes and others have others.</summary>
public sealed class KeyCodecTests
{
    [Fact]
    public void Zero_and_negative_zero_are_one_key()
    {
        Same(0.0, -0.0);
        Same(0f, -0f);
        Same(Half.Zero, Half.NegativeZero);
        Same(new Point(0.0, 1f), new Point(-0.0, 1f));
        Same((1, 0.0), (1, -0.0));
        Same(new Named("a", 0.0), new Named("a", -0.0));
    }

    [Fact]
    public void All_NaNs_are_one_key()
    {
        var other = BitConverter.Int64BitsToDouble(unchecked((long)0x7ff8000000000001));
        Same(double.NaN, other);
        Same(float.NaN, -float.NaN);
        Same(new Named("a", double.NaN), new Named("a", other));
    }

    [Fact]
    public void Decimals_that_differ_in_trailing_zeros_are_one_key()
    {
        Same(1m, 1.000m);
        Same(0m, -0.00m);
        Same(new Priced(10m), new Priced(10.00m));
        Differ(1m, 1.001m);
        Same(decimal.MaxValue, decimal.MaxValue);
        Differ(decimal.MaxValue, decimal.MaxValue - 1);
    }

    [Fact]
    public void A_moment_is_one_key_whatever_its_offset() =>
        Same(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.FromHours(1)));

    [Fact]
    public void Strings_are_compared_ordinally()
    {
        Differ("a", "A");
        Differ("\u00e4", "a\u0308");
    }

    [Fact]
    public void Tuples_do_not_run_into_each_other()
    {
        Differ(("ab", "c"), ("a", "bc"));
        Differ(("", "a"), ("a", ""));
        Differ((new byte[] { 0 }, Array.Empty<byte>()), (Array.Empty<byte>(), new byte[] { 0 }));
    }

    [Fact]
    public void A_struct_with_padding_is_refused_as_a_key_and_the_message_says_what_to_do()
    {
        var error = Assert.Throws<UnsupportedTypeException>(() => Codecs.ForKey<Padded>());
        Assert.Contains("Padded", error.Message, StringComparison.Ordinal);
        Assert.Contains("1..8", error.Message, StringComparison.Ordinal);
        Assert.Contains("[EtsRecord]", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForKey<Padded>());
    }

    [Fact]
    public void A_struct_whose_floating_point_fields_share_bytes_is_refused_as_a_key() =>
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForKey<Union>());

    [Fact]
    public void A_dictionary_is_refused_as_a_part_of_a_key() =>
        Assert.Throws<UnsupportedTypeException>(() => Codecs.ForKey<Dictionary<string, int>>());

    [Fact]
    public void Random_keys_have_equal_bytes_exactly_when_they_are_equal()
    {
        var random = new Random(7);
        var seen = new Dictionary<string, (int, string, double)>();
        for (var round = 0; round < 5_000; round++)
        {
            var key = (random.Next(4), new string('x', random.Next(4)), random.Next(4) * (random.Next(2) - 0.5));
            var bytes = Convert.ToHexString(KeyBytes(key));
            if (seen.TryGetValue(bytes, out var same)) Assert.Equal(same, key);
            seen[bytes] = key;
        }

        Assert.Equal(seen.Count, seen.Values.Distinct().Count());
    }

    private static void Same<T>(T left, T right)
    {
        Assert.Equal(left, right);
        Assert.Equal(KeyBytes(left), KeyBytes(right));
    }

    private static void Differ<T>(T left, T right) => Assert.NotEqual(KeyBytes(left), KeyBytes(right));

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Point(double X, float Y);

    private sealed record Named(string Name, double Value);

    private sealed record Priced(decimal Price);

    private readonly record struct Padded(byte Small, long Large);

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public double Number;

        [FieldOffset(0)]
        public long Bits;
    }
}
