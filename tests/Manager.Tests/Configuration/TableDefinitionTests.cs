using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Tests.Configuration;

public sealed class TableDefinitionTests
{
    private static readonly byte[] Gift = [0, 255, 7];

    [Fact]
    public void What_is_kept_beside_a_table_is_read_as_it_was_written()
    {
        var written = new TableDefinition
        {
            Id = "accounts",
            Options = new TableFileOptions { Kind = TableKind.OrderedSet, Access = TableAccess.Public, MaximumBytes = 32 << 20 },
            FindMe = new FindMe("billing", FindMeRule.Oldest, new FindMeCommand(["/bin/choose", "a b"], TimeSpan.FromMilliseconds(70))),
            GiftData = Gift,
            IsRecreated = true,
            GoesToCreator = true,
            Standing = new TableStanding
            {
                Heir = new Heir(new ProcessIdentity(77, 123_456_789_012), ulong.MaxValue, Gift),
                Departure = new Departure(4_000_000_000, TransferReason.Released, new PreviousOwner(78, "billing"), Gift),
                QuarantinedUntil = 1_800_000_000_000,
            },
        };
        var read = Read(written);
        Assert.Equal((written.Id, written.Options, written.FindMe), (read.Id, read.Options, read.FindMe));
        Assert.Equal((true, true, false), (read.IsRecreated, read.GoesToCreator, read.IsLocal));
        Assert.Equal(Gift, read.GiftData.ToArray());
        Assert.Equal((written.Standing.Heir.Process, ulong.MaxValue), (read.Standing.Heir!.Process, read.Standing.Heir.WorkerId));
        Assert.Equal(Gift, read.Standing.Heir.GiftData!.Value.ToArray());
        var departure = read.Standing.Departure!;
        Assert.Equal((4_000_000_000, TransferReason.Released, new PreviousOwner(78, "billing")), (departure.Epoch, departure.Reason, departure.From));
        Assert.Equal(Gift, departure.GiftData!.Value.ToArray());
        Assert.Equal(written.Standing.QuarantinedUntil, read.Standing.QuarantinedUntil);
    }

    [Theory]
    [InlineData(FindMeRule.Oldest)]
    [InlineData(FindMeRule.Newest)]
    [InlineData(FindMeRule.Priority)]
    [InlineData(FindMeRule.FewestTables)]
    public void A_rule_is_read_as_it_was_written(FindMeRule rule) =>
        Assert.Equal(new FindMe("r", rule), Read(new TableDefinition { Id = "t", FindMe = new FindMe("r", rule) }).FindMe);

    [Fact]
    public void An_heir_without_a_gift_has_none()
    {
        var heir = new Heir(new ProcessIdentity(1, 2), 3, null);
        Assert.Equal(heir, Read(new TableDefinition { Id = "t", Standing = new TableStanding { Heir = heir } }).Standing.Heir);
    }

    [Fact]
    public void A_departure_without_a_gift_has_none()
    {
        var departure = new Departure(1, TransferReason.OwnerDied, new PreviousOwner(1, null), null);
        Assert.Equal(departure, Read(new TableDefinition { Id = "t", Standing = new TableStanding { Departure = departure } }).Standing.Departure);
    }

    [Fact]
    public void A_local_table_stays_one() => Assert.True(Read(new TableDefinition
    {
        Id = "t",
        Options = new TableFileOptions { Access = TableAccess.Public },
        IsLocal = true,
    }).IsLocal);

    private static TableDefinition Read(TableDefinition written) => TableDefinitionParser.ParseDocument("t.1.json", TableDefinitionWriter.Write(written));
}
