using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Client.Tests.Contracts;

public sealed class EtsTableOptionsTests
{
    private const long Least = 16L << 20;
    private const long Most = 1L << 40;

    public static TheoryData<EtsTableOptions> Wrong =>
    [
        new EtsTableOptions { MaximumBytes = Least - 1 },
        new EtsTableOptions { MaximumBytes = Most + 1 },
        new EtsTableOptions { MaximumBytes = -1 },
        new EtsTableOptions { Kind = 0 },
        new EtsTableOptions { Kind = (TableKind)77 },
        new EtsTableOptions { Access = (TableAccess)77 },
        new EtsTableOptions { FindMe = (FindMeRule)77 },
        new EtsTableOptions { GiftData = new byte[(64 << 10) + 1] },
    ];

    public static TheoryData<EtsLoadOptions> WrongToLoad =>
    [
        new EtsLoadOptions { MaximumBytes = Least - 1 },
        new EtsLoadOptions { MaximumBytes = Most + 1 },
        new EtsLoadOptions { GiftData = new byte[(64 << 10) + 1] },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_out_of_its_range_is_refused(EtsTableOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.RequireValid);

    [Theory]
    [MemberData(nameof(WrongToLoad))]
    public void An_option_of_a_load_out_of_its_range_is_refused(EtsLoadOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.RequireValid);

    [Fact]
    public void A_new_name_of_a_loaded_table_is_a_name() => Assert.Throws<InvalidNameException>(new EtsLoadOptions { Name = "a/b" }.RequireValid);

    [Theory]
    [InlineData(Least)]
    [InlineData(Most)]
    public void The_ends_of_the_range_are_within_it(long bytes)
    {
        new EtsTableOptions { MaximumBytes = bytes, GiftData = new byte[64 << 10] }.RequireValid();
        new EtsLoadOptions { MaximumBytes = bytes }.RequireValid();
    }

    [Fact]
    public void A_local_table_is_public() =>
        Assert.Throws<ArgumentException>(new EtsTableOptions { IsLocal = true, Access = TableAccess.Protected }.RequireValid);
}
