namespace EtsPersist.Mmf.Client.Tests;

public sealed class CodecAllocationTests
{
    [Fact]
    public void Keys_and_values_of_a_fixed_size_are_written_and_read_without_allocation()
    {
        AllocatesNothing(42L);
        AllocatesNothing(1.5);
        AllocatesNothing(1.5m);
        AllocatesNothing(true);
        AllocatesNothing(Guid.NewGuid());
        AllocatesNothing(DateTime.UtcNow);
        AllocatesNothing(DateTimeOffset.UtcNow);
        AllocatesNothing(DayOfWeek.Friday);
        AllocatesNothing((1, 2L, 3.0));
        AllocatesNothing(new Position(1, 2));
        AllocatesNothing(new Sample(1, 2m));
    }

    [Fact]
    public void A_string_key_is_written_without_allocation()
    {
        var codec = Codecs.ForKey<string>();
        var tuples = Codecs.ForKey<(string, int)>();
        Span<byte> destination = stackalloc byte[256];
        for (var warm = 0; warm < 100; warm++) Write(destination);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++) Write(destination);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Write(Span<byte> to)
        {
            codec.MaxSize("a key of some length");
            codec.Encode("a key of some length", to);
            tuples.Encode(("a key", 5), to);
        }
    }

    [Fact]
    public void A_record_is_written_without_allocation()
    {
        var codec = Codecs.ForValue<Account>();
        var account = new Account("alice", 5, 1.5m, [1, 2], new DateTime(2026, 1, 1));
        Span<byte> destination = stackalloc byte[256];
        for (var warm = 0; warm < 100; warm++) codec.Encode(account, destination[..codec.MaxSize(account)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++) codec.Encode(account, destination[..codec.MaxSize(account)]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AllocatesNothing<T>(T value)
    {
        AllocatesNothing(Codecs.ForKey<T>(), value);
        AllocatesNothing(Codecs.ForValue<T>(), value);
    }

    private static void AllocatesNothing<T>(ICodec<T> codec, T value)
    {
        Span<byte> destination = stackalloc byte[256];
        for (var warm = 0; warm < 100; warm++) codec.Decode(destination[..codec.Encode(value, destination[..codec.MaxSize(value)])]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++) codec.Decode(destination[..codec.Encode(value, destination[..codec.MaxSize(value)])]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private readonly record struct Position(long X, double Y);

    [EtsRecord]
    private readonly record struct Sample(long Id, decimal Price);

    private sealed record Account(string Name, long Balance, decimal Rate, int[] Parts, DateTime Since);
}
