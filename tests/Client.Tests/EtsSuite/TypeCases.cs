namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>What can be a key and a value.</summary>
public sealed class TypeCases : KindTests
{
    private static readonly DateTime Moment = new(2026, 2, 28, 23, 59, 59, 999, DateTimeKind.Utc);

    [Theory]
    [MemberData(nameof(AllKinds))]
    [Trait("ets_SUITE", "types")]
    public void Whatever_can_be_a_key_or_a_value_comes_back_as_it_was(TableKind kind)
    {
        RequireAll<long>(kind, 0, 1, -1, long.MaxValue, long.MinValue, 1L << 32, (1L << 31) - 1);
        RequireAll<int>(kind, 0, 1, -1, int.MaxValue, int.MinValue);
        RequireAll<byte>(kind, 0, 1, byte.MaxValue);
        RequireAll<ulong>(kind, 0, 1, ulong.MaxValue, 1UL << 63);
        RequireAll<UInt128>(kind, 0, UInt128.MaxValue);
        RequireAll<double>(kind, 0, 0.5, -0.5, double.MaxValue, double.MinValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity);
        RequireAll<float>(kind, 0, 17.5f, -17.5f, float.MaxValue);
        RequireAll<bool>(kind, true, false);
        RequireAll<char>(kind, 'a', 'å', char.MaxValue);
        RequireAll<string>(kind, "", "a", "hello", "blåbär", "\0", new string('x', 5000), "\U0001F600");
        RequireAll<byte[]>(kind, [], [0], [0, 0], [1, 2, 3], new byte[2000]);
        RequireAll(kind, Guid.Empty, Guid.AllBitsSet, new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        RequireAll(kind, DateTime.MinValue, Moment, DateTime.MaxValue);
        RequireAll(kind, TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue);
        RequireAll(kind, DayOfWeek.Sunday, DayOfWeek.Saturday);
        RequireAll(kind, ("a", 1L), ("a", 2L), ("", -1L), ("b\0", 1L));
        RequireAll(kind, (1, (2.5, "a")), (1, (2.5, "b")), (2, (-2.5, "")));
    }

    /// <summary>Each of the values as key and as value, beside all the others.</summary>
    private void RequireAll<T>(TableKind kind, params T[] values) where T : notnull
    {
        using var table = Create(kind).Open<T, T>();
        foreach (var value in values) table.Insert(value, value);
        Assert.Equal(values.Length, table.Count);
        foreach (var value in values)
        {
            Assert.True(table.ContainsKey(value));
            Assert.Equal(value, Assert.Single(table.Lookup(value)));
        }
        Assert.All(table, row => Assert.Equal(row.Key, row.Value));
        foreach (var value in values) table.Delete(value);
        Assert.Equal(0, table.Count);
    }
}
