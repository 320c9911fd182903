using EtsPersist.Mmf.Manager.Connections;

namespace EtsPersist.Mmf.Manager.Tests.Connections;

public sealed class OutgoingFramesTests
{
    [Fact]
    public async Task A_write_that_the_streams_end_has_cancelled_is_no_failure()
    {
        using var stream = new PendingStream();
        var frames = new OutgoingFrames(stream, static () => { });
        frames.Send([1]);
        var closing = frames.CloseAsync();
        Assert.False(closing.IsCompleted);
        stream.Cancel();
        await closing;
    }
}
