using System.Numerics;

namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>Elements and counters that are changed in their rows.</summary>
public sealed class UpdateCases : KindTests
{
    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_element")]
    public void An_element_takes_a_value_of_any_length_after_one_of_any_other(TableKind kind)
    {
        // With a prime number of values, steps of each width lead from every value to every other.
        int[] lengths = [0, 1, 7, 8, 40, 300, 5000];
        using var table = Create(kind).OpenRows<Middle>();
        var row = new Middle("", "key", 0, "");
        table.Insert(row);
        for (var width = 1; width < lengths.Length; width++)
        {
            for (var step = 0; step < lengths.Length; step++)
            {
                row = row with { Before = Text(lengths, step * width), Number = step, After = Text(lengths, (step + 3) * width) };
                Assert.True(table.UpdateElements("key", [
                    EtsElement.Set((Middle old) => old.Before, "first, this"), EtsElement.Set((Middle old) => old.After, row.After),
                    EtsElement.Set((Middle old) => old.Number, row.Number), EtsElement.Set((Middle old) => old.Before, row.Before),
                ]));
                Assert.Equal(row, Assert.Single(table.Lookup("key")));
                Assert.Equal(row.After, table.LookupElement("key", old => old.After));
                table.UpdateElement("other", old => old.Number, -1, row);
                Assert.Equal(row with { Key = "other", Number = -1 }, Assert.Single(table.TakeAll("other")));
            }
        }
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_element")]
    [Trait("ets_SUITE", "update_element_default")]
    public void Where_one_element_cannot_be_none_is_changed(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Middle>();
        var row = new Middle("before", "key", 1, "after");
        table.Insert(row);
        var good = EtsElement.Set((Middle old) => old.Number, 2);
        ElementUpdate<Middle>[] impossible =
            [EtsElement.Set((Middle old) => old.Key, "new"), EtsElement.Set((Middle old) => old.After, "\ud800")];
        foreach (var bad in impossible)
        {
            foreach (var updates in (ElementUpdate<Middle>[][])[[bad], [bad, good], [good, bad], [good, bad, good]])
            {
                Assert.ThrowsAny<EtsException>(() => table.UpdateElements("key", updates));
                Assert.ThrowsAny<EtsException>(() => table.UpdateElements("other", updates, row));
                Assert.Equal(row, Assert.Single(table));
            }
        }
        Assert.False(table.UpdateElements("other", [good]));
        table.Delete("key");
        Assert.False(table.UpdateElements("key", [good]));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter")]
    public void Counters_of_a_row_go_where_a_model_of_them_goes(TableKind kind)
    {
        (int Place, CounterUpdate Update)[] additions =
        [
            (0, new CounterUpdate(int.MaxValue / 5 * 4, Threshold: int.MaxValue, SetValue: int.MinValue)),
            (1, new CounterUpdate(-(long.MaxValue / 7), Threshold: -(long.MaxValue / 2), SetValue: long.MaxValue / 2)),
            (0, new CounterUpdate(-(int.MaxValue / 11), Threshold: int.MinValue, SetValue: 17)),
            (2, new CounterUpdate(77, Threshold: short.MaxValue, SetValue: short.MinValue)),
            (1, 0),
            (3, new CounterUpdate(100, Threshold: byte.MaxValue, SetValue: 3)),
            (1, new CounterUpdate(long.MaxValue / 13, Threshold: long.MaxValue / 2, SetValue: 0)),
            (3, -1),
        ];
        using var table = Create(kind).Open<string, Counters>();
        table.Insert("a", default);
        var model = new BigInteger[4];
        for (var round = 0; round < 1000; round++)
        {
            var chosen = additions[(round % additions.Length)..];
            var before = Assert.Single(table.Lookup("a"));
            long[] expected = [.. chosen.Select(addition => Add(ref model[addition.Place], addition.Update))];
            ElementCounter<Counters>[] counters = [.. chosen.Select(addition => Counter(addition.Place, addition.Update))];
            Assert.Equal(expected, table.UpdateCounters("a", counters));
            Assert.Equal(expected, table.UpdateCounters("b", counters, before));
            var after = Assert.Single(table.Lookup("a"));
            BigInteger[] counted = [after.First, after.Second, after.Third, after.Fourth];
            Assert.Equal(model, counted);
            Assert.Equal(after, Assert.Single(table.TakeAll("b")));
        }
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter")]
    public void Where_one_counter_cannot_be_none_is_changed(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Middle>();
        var row = new Middle("before", "key", 1, "after");
        table.Insert(row);
        var good = EtsElement.Add((Middle old) => old.Number, 2);
        var threshold = EtsElement.Add((Middle old) => old.Number, new CounterUpdate(100, Threshold: 50, SetValue: 0));
        var bad = EtsElement.Add((Middle old) => old.Number, long.MaxValue);
        ElementCounter<Middle>[][] impossible = [[good, bad], [bad, bad], [threshold, good, bad], [good, bad, threshold]];
        foreach (var counters in impossible)
        {
            Assert.Throws<CounterException>(() => table.UpdateCounters("key", counters));
            Assert.Equal(row, Assert.Single(table.Lookup("key")));
        }
        Assert.Throws<CounterException>(() => table.UpdateCounters("other", [good]));
        table.Delete("key");
        Assert.Throws<CounterException>(() => table.UpdateCounters("key", [good]));
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter_with_default")]
    [Trait("ets_SUITE", "update_counter_with_default_bad_pos")]
    public void A_default_whose_member_cannot_be_counted_is_not_inserted(TableKind kind)
    {
        using var table = Create(kind).OpenRows<Middle>();
        var row = new Middle("before", "default", 1, "after");
        Assert.ThrowsAny<EtsException>(() => table.UpdateCounter("key", old => old.Key, 1, row));
        Assert.Throws<CounterException>(() => table.UpdateCounter("key", old => old.After, 1, row));
        Assert.Throws<CounterException>(() => table.UpdateCounter("key", old => old.Number, long.MaxValue, row));
        Assert.Throws<ArgumentException>(() => table.UpdateCounter("key", old => old.After.Length, 1, row));
        Assert.Equal(0, table.Count);

        using var numbered = Create(kind).OpenRows<Numbered>();
        Assert.Throws<KeyChangedException>(() => numbered.UpdateCounter(101065, old => old.Key, 1, new Numbered(101065, 0)));
        Assert.Equal(0, numbered.Count);
    }

    [Theory]
    [MemberData(nameof(OneRowPerKey))]
    [Trait("ets_SUITE", "update_counter_with_default")]
    public void A_key_of_several_parts_counts_from_its_default_on(TableKind kind)
    {
        using var table = Create(kind).Open<(string, string), long>();
        Assert.Equal(3, table.UpdateCounter(("foo", "bar"), 2, 1));
        Assert.Equal(5, table.UpdateCounter(("foo", "bar"), 2, 1));
        Assert.Equal([9L], table.UpdateCounter(("foo", "bar"), [4], 1));
        Assert.Equal(1, table.Count);
    }

    private static string Text(int[] lengths, int place)
    {
        var index = place % lengths.Length;
        return new string((char)('a' + index), lengths[index]);
    }

    /// <summary>What an addition makes of a counter that has no limits.</summary>
    private static long Add(ref BigInteger counter, CounterUpdate update)
    {
        counter += update.Increment;
        var isBeyond = update.Threshold is { } threshold && (update.Increment >= 0 ? counter > threshold : counter < threshold);
        return (long)(counter = isBeyond ? update.SetValue : counter);
    }

    private static ElementCounter<Counters> Counter(int place, CounterUpdate update) => place switch
    {
        0 => EtsElement.Add((Counters row) => row.First, update),
        1 => EtsElement.Add((Counters row) => row.Second, update),
        2 => EtsElement.Add((Counters row) => row.Third, update),
        _ => EtsElement.Add((Counters row) => row.Fourth, update),
    };

    private sealed record Middle(string Before, [property: EtsKey] string Key, long Number, string After);

    private sealed record Numbered(long Key, long Count);

    private readonly record struct Counters(int First, long Second, short Third, byte Fourth);
}
