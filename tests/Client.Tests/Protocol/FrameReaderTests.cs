using EtsPersist.Mmf.Protocol;

namespace EtsPersist.Mmf.Client.Tests.Protocol;

public sealed class FrameReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Frames_are_cut_wherever_the_stream_is_cut()
    {
        byte[] bytes = [1, 0, 0, 0, 10, 2, 0, 0, 0, 20, 21, 1, 0, 0, 0, 30];
        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            var reader = new FrameReader(new PiecewiseStream(bytes, piece));
            Assert.Equal([10], Read(reader));
            Assert.Equal([20, 21], Read(reader));
            Assert.Equal([30], Read(reader));
            Assert.False(reader.TryRead(out _));
        }
    }

    [Fact]
    public async Task Frames_are_read_the_same_without_blocking()
    {
        var reader = new FrameReader(new PiecewiseStream([1, 0, 0, 0, 10], 2));
        Assert.Equal([10], (await reader.ReadAsync(CancellationToken.None))!.Value.ToArray());
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public void The_longest_frame_is_read()
    {
        var bytes = new byte[FrameLimits.HeaderBytes + FrameLimits.MaximumBytes];
        bytes[2] = 0x10;
        bytes[^1] = 7;
        var payload = Read(new FrameReader(new PiecewiseStream(bytes, 1000)));
        Assert.Equal(FrameLimits.MaximumBytes, payload.Length);
        Assert.Equal(7, payload[^1]);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "announces 0 bytes")]
    [InlineData(new byte[] { 1, 0, 0x10, 0 }, "announces 1048577 bytes")]
    [InlineData(new byte[] { 255, 255, 255, 255 }, "announces 4294967295 bytes")]
    [InlineData(new byte[] { 1, 0 }, "ended inside a frame")]
    [InlineData(new byte[] { 2, 0, 0, 0, 9 }, "ended inside a frame")]
    public void A_frame_that_is_empty_too_long_or_torn_is_a_protocol_error(byte[] bytes, string message)
    {
        var reader = new FrameReader(new PiecewiseStream(bytes, 100));
        Assert.Contains(message, Assert.Throws<ProtocolException>(() => reader.TryRead(out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_of_a_long_frame_takes_no_memory()
    {
        var reader = new FrameReader(new PiecewiseStream([0, 0, 0x10, 0, 1], 100));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolException>(() => reader.TryRead(out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
    }

    [Fact]
    public async Task A_frame_that_trickles_in_is_a_protocol_error_after_its_time_and_the_pause_between_two_frames_has_none()
    {
        var time = TimeSpan.FromMilliseconds(1);
        var idle = new FrameReader(new TricklingStream([]), time).ReadAsync(CancellationToken.None);
        var begun = new FrameReader(new TricklingStream([9, 0, 0, 0, 1]), time);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => begun.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Patience));
        Assert.Contains("begun and not ended", error.Message, StringComparison.Ordinal);
        Assert.False(idle.IsCompleted);
    }

    private static byte[] Read(FrameReader reader)
    {
        Assert.True(reader.TryRead(out var payload));
        return payload.ToArray();
    }
}
