using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Client.Tests;

public sealed class InfoTests : KindTests
{
    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "info")]
    public void A_table_says_what_it_is_and_holds(TableKind kind)
    {
        var tables = Create(kind, TableAccess.Protected);
        using var owner = tables.Own<string, Item>();
        for (var number = 0; number < 500; number++)
            owner.Insert($"key {number}", new Item(number, "text"));
        using var reader = tables.Open<string, Item>(writable: false);
        var info = reader.Info();
        Assert.Equal(("rows", kind, TableAccess.Protected, 1UL), (info.Name, info.Kind, info.Access, info.Incarnation));
        Assert.Equal((500L, OwnershipState.Owned, 1U, Environment.ProcessId), (info.Rows, info.State, info.Epoch, info.OwnerProcessId));
        Assert.Equal(owner.Info().Id, info.Id);
        Assert.Equal(info.BytesReserved, info.BytesUsed + info.BytesFree);
        Assert.InRange(info.BytesReserved, 1, info.Capacity);
        Assert.Empty(info.Pins);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "memory")]
    public void What_is_deleted_is_free_again(TableKind kind)
    {
        using var table = Items(kind);
        var rows = Enumerable.Range(0, 2_000).Select(number => KeyValuePair.Create($"key {number}", new Item(number, new string('t', 500)))).ToList();
        table.InsertMany(rows);
        var full = table.Info();
        Assert.True(full.BytesUsed > 2_000 * 500, $"{full.BytesUsed} bytes are used");
        foreach (var (key, _) in rows)
            table.Delete(key);
        var empty = table.Info();
        Assert.True(empty.BytesUsed < full.BytesUsed - (2_000 * 500), $"{empty.BytesUsed} bytes of {full.BytesUsed} are still used");
        Assert.True(empty.BytesReserved >= full.BytesReserved);
    }

    [Fact]
    public void Everyone_may_ask_of_a_private_table()
    {
        var tables = Create(TableKind.Set, TableAccess.Private);
        using var owner = tables.Own<long, long>();
        owner.Insert(1, 1);
        using var other = tables.Open<long, long>(writable: false);
        Assert.Throws<TableAccessException>(() => other.TryGet(1, out _));
        Assert.Equal(1, other.Info().Rows);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "safe_fixtable")]
    public void Pins_are_counted_and_seen_until_they_are_disposed(TableKind kind)
    {
        var tables = Create(kind);
        using var table = tables.Open<long, long>();
        using var reader = tables.Open<long, long>(writable: false);
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        var first = table.Pin();
        using (table.Pin())
        {
            var pin = Assert.Single(reader.Info().Pins);
            Assert.Equal((Environment.ProcessId, 2), (pin.ProcessId, pin.Count));
            Assert.InRange(pin.Since, before, DateTimeOffset.UtcNow.AddSeconds(1));
        }
        Assert.Equal(1, Assert.Single(reader.Info().Pins).Count);
        first.Dispose();
        first.Dispose();
        Assert.Empty(reader.Info().Pins);
    }

    [Fact]
    public void A_pin_goes_with_the_process()
    {
        var tables = Create(TableKind.Set);
        var table = tables.Open<long, long>();
        using var reader = tables.Open<long, long>(writable: false);
        var pin = table.Pin();
        Assert.Single(reader.Info().Pins);
        table.File.Abandon(); // as a kill would
        Assert.Empty(reader.Info().Pins);
        using var next = tables.Open<long, long>();
        Assert.Empty(next.Info().Pins);
        next.Pin();
        Assert.Single(reader.Info().Pins);
        pin.Dispose();
        Assert.Single(reader.Info().Pins);
    }

    [Fact]
    public void Who_may_only_read_cannot_pin()
    {
        var tables = Create(TableKind.Set, TableAccess.Protected);
        using var owner = tables.Own<long, long>();
        using var reader = tables.Open<long, long>(writable: false);
        Assert.Throws<TableAccessException>(() => reader.Pin());
    }

    [Fact]
    [Trait("ets_SUITE", "fixtable_insert")]
    public void Under_a_pin_rows_come_and_go_at_once()
    {
        using var table = Numbers(TableKind.Set, 100);
        using var pin = table.Pin();
        table.DeleteAll();
        Assert.Equal(0, table.Count);
        table.Insert(1, 5);
        table.Delete(1);
        table.Insert(1, 6);
        Assert.Equal(6, Assert.Single(table).Value);
    }
}
