namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The checker of histories, by histories whose verdict is known.</summary>
public sealed class LinearizationTests
{
    private static readonly Rows OneRow = Rows.Empty.With('a', 1);

    [Fact]
    public void A_read_beside_an_insert_may_see_either_value()
    {
        Assert.True(Linearization.Exists([Insert('a', 2, 1, 4), Operation.Read('a', 1, 2, 3)], OneRow));
        Assert.True(Linearization.Exists([Insert('a', 2, 1, 4), Operation.Read('a', 2, 2, 3)], OneRow));
    }

    [Fact]
    public void A_read_after_an_insert_must_see_its_value() =>
        Assert.False(Linearization.Exists([Insert('a', 2, 1, 2), Operation.Read('a', 1, 3, 4)], OneRow));

    [Fact]
    public void A_value_that_nobody_stored_is_not_explained() =>
        Assert.False(Linearization.Exists([Insert('a', 2, 1, 4), Operation.Read('a', 3, 2, 3)], OneRow));

    [Fact]
    public void The_new_value_and_then_the_old_one_is_not_explained() => Assert.False(Linearization.Exists(
        [Insert('a', 2, 1, 6), Operation.Read('a', 2, 2, 3), Operation.Read('a', 1, 4, 5)], OneRow));

    [Fact]
    public void A_killed_insert_may_have_happened_or_not()
    {
        Assert.True(Linearization.Exists([Insert('a', 2, 1, int.MaxValue), Operation.Read('a', 1, 5, 6)], OneRow));
        Assert.True(Linearization.Exists([Insert('a', 2, 1, int.MaxValue), Operation.Read('a', 2, 5, 6)], OneRow));
    }

    [Fact]
    public void A_killed_insert_happens_once_and_not_before_it_began()
    {
        Assert.False(Linearization.Exists([Insert('a', 2, 5, int.MaxValue), Operation.Read('a', 2, 1, 2)], OneRow));
        Assert.False(Linearization.Exists(
            [Insert('a', 2, 1, int.MaxValue), Operation.Read('a', 2, 2, 3), Insert('a', 3, 4, 5), Operation.Read('a', 2, 6, 7)], OneRow));
    }

    [Fact]
    public void A_write_that_would_change_nothing_may_have_waited_until_it_does()
    {
        Assert.True(Linearization.Exists([Insert('a', 1, 1, 4), Take('a', 1, 2, 3), Operation.Read('a', 1, 5, 6)], OneRow));
        Assert.False(Linearization.Exists([Insert('a', 1, 1, 2), Take('a', 1, 3, 4), Operation.Read('a', 1, 5, 6)], OneRow));
    }

    [Fact]
    public void Two_takes_of_one_row_cannot_both_have_it()
    {
        Assert.False(Linearization.Exists([Take('a', 1, 1, 3), Take('a', 1, 2, 4)], OneRow));
        Assert.True(Linearization.Exists([Take('a', 1, 1, 3), Take('a', null, 2, 4)], OneRow));
    }

    [Fact]
    public void A_part_of_a_batch_is_not_explained()
    {
        var batch = new Operation("batch", rows => (rows.With('a', 2).With('x', 2), 1)) { Invoked = 1, Responded = 6, Answer = 1 };
        Assert.True(Linearization.Exists([batch, Operation.Read('a', 1, 2, 3), Operation.Read('x', 2, 4, 5)], OneRow));
        Assert.False(Linearization.Exists([batch, Operation.Read('a', 2, 2, 3), Operation.Read('x', null, 4, 5)], OneRow));
    }

    private static Operation Insert(char key, long value, int invoked, int responded) =>
        new($"insert {key}={value}", rows => (rows.With(key, value), null)) { Invoked = invoked, Responded = responded };

    private static Operation Take(char key, long? answer, int invoked, int responded) =>
        new($"take {key}", rows => (rows.With(key, null), rows[key])) { Invoked = invoked, Responded = responded, Answer = answer };
}
