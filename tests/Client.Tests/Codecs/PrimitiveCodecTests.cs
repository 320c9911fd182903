using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class PrimitiveCodecTests
{
    [Fact]
    public void Every_primitive_comes_back()
    {
        ComesBack(sbyte.MinValue);
        ComesBack(byte.MaxValue);
        ComesBack(short.MinValue);
        ComesBack(ushort.MaxValue);
        ComesBack(int.MinValue);
        ComesBack(uint.MaxValue);
        ComesBack(long.MinValue);
        ComesBack(ulong.MaxValue);
        ComesBack(Int128.MinValue);
        ComesBack(UInt128.MaxValue);
        ComesBack(1.5f);
        ComesBack(-2.25);
        ComesBack((Half)0.5);
        ComesBack(decimal.MinValue);
        ComesBack(79228162514264337593543950335m);
        ComesBack(0.0000000000000000000000000001m);
        ComesBack(true);
        ComesBack(false);
        ComesBack('ä');
        ComesBack(Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"));
        ComesBack(new DateTime(2026, 11, 22, 1, 2, 3, DateTimeKind.Utc));
        ComesBack(new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromMinutes(-330)));
        ComesBack(TimeSpan.MinValue);
        ComesBack(DateOnly.MaxValue);
        ComesBack(TimeOnly.MaxValue);
        ComesBack(DayOfWeek.Saturday);
        ComesBack("");
        ComesBack("naïve 𝄞");
        ComesBack(Array.Empty<byte>());
        ComesBack(new byte[] { 1, 2, 3 });
    }

    [Fact]
    public void Their_stored_bytes_are_these_for_ever()
    {
        Assert.Equal("0807060504030201", Convert.ToHexStringLower(ValueBytes(0x0102030405060708L)));
        Assert.Equal("feff", Convert.ToHexStringLower(ValueBytes((short)-2)));
        Assert.Equal("000000000000f83f", Convert.ToHexStringLower(ValueBytes(1.5)));
        Assert.Equal(
            "67452301ab89efcd0123456789abcdef",
            Convert.ToHexStringLower(ValueBytes(Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"))));
        Assert.Equal("01", Convert.ToHexStringLower(ValueBytes(true)));
        Assert.Equal("06000000", Convert.ToHexStringLower(ValueBytes(DayOfWeek.Saturday)));
        Assert.Equal("61c3a4", Convert.ToHexStringLower(ValueBytes("aä")));
        Assert.Equal("0a000000000000000000000000000100", Convert.ToHexStringLower(ValueBytes(1.0m)));
    }

    [Fact]
    public void A_value_keeps_every_bit()
    {
        Assert.True(double.IsNegative(RoundTrip(Codecs.ForValue<double>(), -0.0)));
        Assert.Equal("1.00", RoundTrip(Codecs.ForValue<decimal>(), 1.00m).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(14));
        Assert.Equal(TimeSpan.FromHours(14), RoundTrip(Codecs.ForValue<DateTimeOffset>(), moment).Offset);
    }

    [Fact]
    public void Local_time_is_stored_as_UTC_and_unspecified_time_is_taken_as_UTC()
    {
        var local = new DateTime(2026, 6, 1, 12, 0, 0, DateTimeKind.Local);
        Assert.Equal(local.ToUniversalTime(), RoundTrip(Codecs.ForValue<DateTime>(), local));
        var read = RoundTrip(Codecs.ForValue<DateTime>(), new DateTime(2026, 6, 1));
        Assert.Equal(new DateTime(2026, 6, 1), read);
        Assert.Equal(DateTimeKind.Utc, read.Kind);
    }

    [Fact]
    public void A_string_without_a_UTF_8_form_is_refused_with_the_place()
    {
        var error = Assert.Throws<InvalidTextException>(() => KeyBytes("ab\udc00"));
        Assert.Contains("U+DC00 at index 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidTextException>(() => ValueBytes(new string('x', 1000) + "\ud800"));
    }

    [Fact]
    public void Null_is_no_key_and_no_value()
    {
        Assert.Throws<ArgumentNullException>(() => KeyBytes<string>(null!));
        Assert.Throws<ArgumentNullException>(() => ValueBytes<byte[]>(null!));
        Assert.Throws<ArgumentNullException>(() => ValueBytes<List<int>>(null!));
    }

    [Fact]
    public void Bytes_that_no_codec_wrote_give_the_typed_error_and_nothing_else()
    {
        SurvivesAnyBytes(Codecs.ForValue<long>(), 1L, 1);
        SurvivesAnyBytes(Codecs.ForValue<bool>(), true, 2);
        SurvivesAnyBytes(Codecs.ForValue<decimal>(), 1.5m, 3);
        SurvivesAnyBytes(Codecs.ForValue<DateTime>(), DateTime.MaxValue, 4);
        SurvivesAnyBytes(Codecs.ForValue<DateTimeOffset>(), DateTimeOffset.MaxValue, 5);
        SurvivesAnyBytes(Codecs.ForKey<DateTimeOffset>(), DateTimeOffset.MaxValue, 6);
        SurvivesAnyBytes(Codecs.ForValue<DateOnly>(), DateOnly.MaxValue, 7);
        SurvivesAnyBytes(Codecs.ForValue<TimeOnly>(), TimeOnly.MaxValue, 8);
        SurvivesAnyBytes(Codecs.ForValue<string>(), "text ä", 9);
        SurvivesAnyBytes(Codecs.ForValue<Guid>(), Guid.Empty, 10);
    }
}
