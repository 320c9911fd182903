using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class TupleCodecTests
{
    [Fact]
    public void Tuples_of_two_to_seven_elements_come_back()
    {
        ComesBack(ValueTuple.Create("alone"));
        ComesBack((1, 2L));
        ComesBack(("a", 1, Guid.Empty));
        ComesBack((1, "b", true, 'c'));
        ComesBack((1, "b", true, 'c', 1.5));
        ComesBack((1, "b", true, 'c', 1.5, DayOfWeek.Monday));
        ComesBack((1, "", (2, "nested"), 'c', 1.5, DayOfWeek.Monday, 7m));
        ComesBack((new string('x', 127), new string('y', 128), new string('z', 40_000)));
    }

    [Fact]
    public void Elements_are_side_by_side_and_variable_ones_have_their_length_before_them()
    {
        Assert.Equal("0100000002610005000000", Hex(Codecs.ForKey<(int, string, int)>(), (1, "a\0", 5)));
        Assert.Equal(12, Codecs.ForKey<(int, long)>().FixedSize);
        Assert.Equal(-1, Codecs.ForKey<(int, string)>().FixedSize);
        Assert.Equal("(int32, string)", Codecs.ForKey<(int, string)>().Schema.ToString());
    }

    [Fact]
    public void A_tuple_of_eight_is_refused_by_name() =>
        Assert.Contains("at most 7", Assert.Throws<UnsupportedTypeException>(
            () => Codecs.ForKey<(int, int, int, int, int, int, int, int)>()).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_bytes_give_a_value_or_the_typed_error()
    {
        SurvivesAnyBytes(Codecs.ForKey<(string, byte[], int)>(), ("abc", new byte[] { 1 }, 5), 1);
        Assert.Throws<RowFormatException>(() => Codecs.ForKey<ValueTuple<string>>().Decode([0xff, 0xff, 0xff, 0xff, 0x7f]));
        Assert.Throws<RowFormatException>(() => Codecs.ForKey<ValueTuple<string>>().Decode([0xff, 0xff, 0xff, 0xff, 0xff, 0x01]));
        Assert.Throws<RowFormatException>(() => Codecs.ForKey<(int, int)>().Decode(new byte[9]));
    }
}
