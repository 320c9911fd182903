using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Client.Tests.Protocol;

public sealed class TableListMessageTests
{
    [Fact]
    public void A_page_is_followed_by_the_one_after_its_last_name()
    {
        var page = new TableListMessage([new TableSummary { Table = "accounts" }, new TableSummary { Table = "balances" }], HasMore: true);
        Assert.Equal("balances", page.Next()!.After);
    }

    [Fact]
    public void The_last_page_is_followed_by_none()
    {
        Assert.Null(new TableListMessage([], HasMore: false).Next());
    }

    [Fact]
    public void A_page_without_a_table_that_claims_more_is_an_error_and_neither_the_end_nor_asked_for_again()
    {
        var error = Assert.Throws<ManagerRefusedException>(() => new TableListMessage([], HasMore: true).Next());
        Assert.Contains("earlier version", error.Message, StringComparison.Ordinal);
    }
}
