using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Client.Tests.Protocol;

public sealed class MessageCodecTests
{
    [Fact]
    public void Elements_of_a_later_version_are_ignored()
    {
        var message = MessageCodec.Decode<AcceptedMessage>(Convert.FromHexString("970c00a1740393c3c0a17801a179"), out _);
        Assert.Equal(new AcceptedMessage("t", 3), message);
    }

    [Fact]
    public void Elements_of_a_later_version_in_a_list_are_ignored()
    {
        var message = MessageCodec.Decode<RegisterMessage>(Convert.FromHexString("97050 2a1720091 94a17409c0c0 07c0".Replace(" ", "", StringComparison.Ordinal)), out _);
        Assert.Equal([new OwnedTable("t", 9)], message.Owned);
    }

    [Fact]
    public void What_version_1_does_not_send_has_its_default()
    {
        var register = MessageCodec.Decode<RegisterMessage>(Convert.FromHexString("950502a762696c6c696e67ff9192a17409"), out _);
        Assert.Equal(("billing", -1, 0UL), (register.Role, register.Priority, register.WorkerId));
        var create = MessageCodec.Decode<CreateTableMessage>(Convert.FromHexString("980905a1740102ce01000000c4020102a762696c6c696e67"), out _);
        Assert.Equal(new CreateTableMessage("t", TableKind.Set, TableAccess.Public, 16 << 20, create.GiftData, "billing"), create);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("c0", "no array")]
    [InlineData("90", "no type")]
    [InlineData("910c", "no id")]
    [InlineData("930c00a174", "a field too few")]
    [InlineData("940c00a274 03", "a text that is cut")]
    [InlineData("940c00a17403ff", "bytes after the message")]
    [InlineData("940c00a174c3", "a Boolean where a number belongs")]
    [InlineData("940c00a174d3ffffffffffffffff", "a negative epoch")]
    [InlineData("dd7fffffff", "an array that claims two billion elements")]
    [InlineData("950c00a17403919191919191919191c0", "too deep")]
    [InlineData("940c00a1ff03", "text that is no UTF-8")]
    [InlineData("c1", "a code that MessagePack does not use")]
    public void What_is_no_message_is_a_protocol_error(string hex, string what)
    {
        var payload = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var error = Record.Exception(() => MessageCodec.Decode<AcceptedMessage>(payload, out _));
        Assert.True(error is ProtocolException, $"{what}: {error}");
    }

    [Fact]
    public void A_message_that_fits_no_frame_is_not_sent()
    {
        var message = new CreateTableMessage("t", TableKind.Set, TableAccess.Public, 0, new byte[FrameLimits.MaximumBytes], null);
        Assert.Throws<ProtocolException>(() => MessageCodec.Encode(1, message));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 9, 2)]
    [InlineData(2, 9, 2)]
    [InlineData(3, 9, 0)]
    [InlineData(0, 0, 0)]
    public void The_highest_common_version_is_spoken(byte minimum, byte maximum, byte expected) =>
        Assert.Equal(expected, ProtocolVersion.Negotiate(minimum, maximum));
}
