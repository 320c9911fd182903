using EtsPersist.Mmf.Harness.Records;
using WordCount;

namespace EtsPersist.Mmf.Chaos.Tests;

public sealed class JournalTests
{
    [Fact]
    public void The_driver_reads_what_a_worker_records()
    {
        using var file = new TemporaryText("left over from before, and longer than what follows");
        using (var journal = new BatchJournal(file.FullName))
        {
            journal.Waiting();
            journal.Owned(7, 100);
            journal.Began(7, 1, 200);
            journal.Acknowledged(7, 1, 200);
        }
        using var tail = new LineTail(file.FullName);

        var entries = tail.ReadNew().Select(line => JournalEntry.TryParse(line, out var entry) ? entry : default).ToArray();

        Assert.Equal([JournalKind.Waiting, JournalKind.Owned, JournalKind.Began, JournalKind.Acknowledged], entries.Select(entry => entry.Kind));
        Assert.Equal((7u, 1L, 200L, Environment.ProcessId), (entries[3].Epoch, entries[3].Sequence, entries[3].Position, entries[3].ProcessId));
        Assert.True(entries[3].Nanoseconds >= entries[2].Nanoseconds && entries[3].Nanoseconds <= MonotonicClock.Nanoseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acknowledged 1 2 3 4")]
    [InlineData("acknowledged 1 2 3 4 x")]
    [InlineData("acknowledged -1 2 3 4 5")]
    [InlineData("else 1 2 3 4 5")]
    public void A_line_that_is_no_entry_is_passed_over(string line) => Assert.False(JournalEntry.TryParse(line, out _));

    [Fact]
    public void A_torn_last_line_is_left_until_its_end_comes()
    {
        using var file = new TemporaryText("one\ntw");
        using var tail = new LineTail(file.FullName);
        Assert.Equal(["one"], tail.ReadNew());
        Assert.Empty(tail.ReadNew());
        File.AppendAllText(file.FullName, "o\nthree\n");
        Assert.Equal(["two", "three"], tail.ReadNew());
    }

    [Fact]
    public void A_file_that_is_not_there_yet_has_no_lines()
    {
        using var tail = new LineTail(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        Assert.Empty(tail.ReadNew());
    }

    [Fact]
    public void A_managers_event_is_read()
    {
        Assert.True(ManagerEvent.TryParse("""{"event":"died","pid":12,"monotonicNs":34,"more":true}""", out var parsed));
        Assert.Equal(new ManagerEvent("died", 12, 34), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"event":"died","pid":12}""")]
    [InlineData("""{"event":"died","pid":"x","monotonicNs":1}""")]
    public void A_line_that_is_no_event_is_passed_over(string line) => Assert.False(ManagerEvent.TryParse(line, out _));
}
