namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class EtsWorkerOptionsTests
{
    [Fact]
    public async Task A_role_needs_a_name() =>
        await Assert.ThrowsAsync<InvalidNameException>(() => EtsWorker.ConnectAsync("bil/ling"));

    [Fact]
    public async Task An_instance_needs_a_name() =>
        await Assert.ThrowsAsync<InvalidNameException>(() => EtsWorker.ConnectAsync("billing", new EtsWorkerOptions { Instance = "" }));

    [Theory]
    [InlineData(-1, 500)]
    [InlineData(1000, 0)]
    [InlineData(100_000_000, 500)]
    public async Task Times_out_of_their_range_are_refused(int connect, int reconnect) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => EtsWorker.ConnectAsync("billing", new EtsWorkerOptions
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(connect),
            MaximumReconnectDelay = TimeSpan.FromMilliseconds(reconnect),
        }));
}
