using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf.Client.Tests.Session;

public sealed class FrameQueueTests
{
    public static TheoryData<Exception> Ends => [new IOException(), new ObjectDisposedException("pipe"), new InvalidOperationException(), new OperationCanceledException()];

    [Fact]
    public async Task Who_writes_also_writes_what_others_queue_meanwhile_and_they_go_on_at_once()
    {
        using var stream = new HeldStream();
        var frames = new FrameQueue(stream, static () => { });
        frames.Enqueue([1]);
        var writing = Task.Run(frames.Flush);
        await stream.WriteCame.Task;
        Assert.True(frames.IsWriting);

        frames.Enqueue([2]);
        frames.Flush(); // would not return if it wrote
        frames.Enqueue([3]);
        frames.Flush();
        stream.LetGo();
        await writing;
        Assert.Equal([1, 2, 3], stream.ToArray());
        Assert.False(frames.IsWriting);
    }

    [Fact]
    public async Task Frames_of_many_threads_are_all_written_each_threads_in_its_order()
    {
        const int Threads = 4, Frames = 20_000;
        using var stream = new MemoryStream();
        var frames = new FrameQueue(stream, static () => { });
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < Frames; number++)
            {
                frames.Enqueue([(byte)thread, (byte)number, (byte)(number >> 8)]);
                frames.Flush();
            }
        })));
        var next = new int[Threads];
        foreach (var frame in stream.ToArray().Chunk(3)) Assert.Equal(next[frame[0]]++, frame[1] | (frame[2] << 8));
        Assert.All(next, count => Assert.Equal(Frames, count));
    }

    [Fact]
    public void A_connection_on_which_nobody_reads_is_cut_off_before_it_takes_all_memory()
    {
        var cuts = 0;
        var frames = new FrameQueue(Stream.Null, () => cuts++);
        var frame = new byte[1 << 20];
        for (var queued = 0; queued < FrameQueue.MaximumQueuedBytes; queued += frame.Length) frames.Enqueue(frame);
        Assert.Equal(0, cuts);
        frames.Enqueue(frame);
        Assert.Equal(1, cuts);
        frames.Flush();
        frames.Enqueue(frame);
        Assert.Equal(1, cuts);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_stream_that_has_ended_is_the_readers_business(Exception end)
    {
        using var stream = new EndedStream(end);
        var frames = new FrameQueue(stream, static () => { });
        frames.Enqueue([1]);
        frames.Enqueue([2]);
        frames.Flush();
        Assert.False(frames.IsWriting);
    }
}
