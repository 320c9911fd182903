using static EtsPersist.Mmf.Client.Tests.CodecCheck;

namespace EtsPersist.Mmf.Client.Tests;

/// <summary>Two versions of a program share a table while one replaces the other.</summary>
public sealed class RecordEvolutionTests
{
    [Fact]
    public void Version_1_reads_rows_of_version_2_and_ignores_what_it_does_not_know()
    {
        var row = ValueBytes(new AccountV2("alice", 5, "EUR") { Limit = 9, Notes = ["a"] });
        Assert.Equal(new AccountV1("alice", 5), Codecs.ForValue<AccountV1>().Decode(row));
    }

    [Fact]
    public void Version_2_reads_rows_of_version_1_and_takes_defaults()
    {
        var read = Codecs.ForValue<AccountV2>().Decode(ValueBytes(new AccountV1("alice", 5)));
        Assert.Equal(("alice", 5L, "USD", 100L), (read.Name, read.Balance, read.Currency, read.Limit));
        Assert.Null(read.Notes);
    }

    [Fact]
    public void An_older_writer_that_replaces_a_row_drops_what_it_does_not_know()
    {
        var newer = ValueBytes(new AccountV2("alice", 5, "EUR"));
        var rewritten = ValueBytes(Codecs.ForValue<AccountV1>().Decode(newer));
        Assert.Equal("USD", Codecs.ForValue<AccountV2>().Decode(rewritten).Currency);
    }

    [Fact]
    public void Records_inside_records_follow_the_same_rule()
    {
        var older = ValueBytes(new HolderV1(new AccountV1("alice", 5), 7));
        Assert.Equal("USD", Codecs.ForValue<HolderV2>().Decode(older).Account.Currency);
        var newer = ValueBytes(new HolderV2(new AccountV2("bob", 6, "EUR"), 8));
        Assert.Equal(new HolderV1(new AccountV1("bob", 6), 8), Codecs.ForValue<HolderV1>().Decode(newer));
    }

    [Fact]
    public void Defaults_of_every_kind_of_parameter_are_taken()
    {
        var read = Codecs.ForValue<Defaults>().Decode([0x91, 0x01]);
        Assert.Equal(new Defaults(1), read);
        Assert.Equal((DayOfWeek.Friday, 5, 1.5m, null), (read.Day, read.Maybe, read.Price, read.Text));
    }

    private sealed record AccountV1(string Name, long Balance);

    private sealed record AccountV2(string Name, long Balance, string Currency = "USD")
    {
        public long Limit { get; init; } = 100;

        public List<string>? Notes { get; init; }
    }

    private sealed record HolderV1(AccountV1 Account, int Number);

    private sealed record HolderV2(AccountV2 Account, int Number);

    private sealed record Defaults(
        int Id,
        DayOfWeek Day = DayOfWeek.Friday,
        int? Maybe = 5,
        decimal Price = 1.5m,
        string? Text = null,
        DateTime At = default,
        DayOfWeek? Other = DayOfWeek.Monday);
}
