using System.Diagnostics;
using EtsPersist.Mmf.Harness.Proof;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.System.Tests.Kills;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Stopped;

/// <summary>A writer that SIGSTOP catches inside the critical section of one row: the file says that it holds a bucket.</summary>
[Collection(ProcessTests.Name)]
public sealed class StoppedWriterTests : IDisposable
{
    private const string Domain = "main";
    private const int Rows = 256;
    private const int MostStops = 2000;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] Value = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly ITestOutputHelper _output;
    private readonly PeerGround _ground = new();
    private readonly byte[][] _stable;
    private readonly Randomness _random = new(KillSettings.Seed);

    public StoppedWriterTests(ITestOutputHelper output)
    {
        _output = output;
        _output.WriteLine($"seed {KillSettings.Seed}");
        _stable = _ground.InsertStable(Domain, Rows);
    }

    [LinuxFact("processes that are stopped and go on")]
    public void Nobody_takes_the_lock_of_a_stopped_writer_and_all_goes_on_when_it_does()
    {
        using var writer = StartWriter();
        var held = StopHoldingABucket(writer);
        var key = held.KeyIn("other");
        var refusals = 0;
        for (var since = Stopwatch.GetTimestamp(); refusals == 0 || Stopwatch.GetElapsedTime(since) < StopSettings.Duration; refusals++)
        {
            RequireRefusal(key, held.Slot, writer.Id);
            RequireReaders();
            Assert.Equal(0, _ground.Table.RecoverDead());
            Assert.Equal(held, HeldBucket.Find(_ground.Path));
        }

        var acknowledged = _ground.Counters[0];
        writer.Continue();
        Insert(key, Wait.Limit);
        _ground.WaitForOperation(acknowledged + 100, writer);
        writer.Kill();
        _ground.Table.RecoverDead();
        _ground.RequireSound();
        _output.WriteLine($"{refusals} writers were refused");
        ProofReport.Append("stopped", ("writerSeconds", (int)StopSettings.Duration.TotalSeconds), ("refusals", refusals), ("failures", 0));
    }

    [LinuxFact("processes that are stopped and go on")]
    public void The_death_of_a_stopped_writer_frees_whoever_waits_for_its_lock()
    {
        using var writer = StartWriter();
        var held = StopHoldingABucket(writer);
        var key = held.KeyIn("other");
        var waiting = Task.Factory.StartNew(
            () =>
            {
                Insert(key, Wait.Limit);
                return Stopwatch.GetTimestamp();
            },
            TaskCreationOptions.LongRunning);
        Assert.False(waiting.Wait(Short), "The lock of a living process was taken.");

        var killed = Stopwatch.GetTimestamp();
        writer.Kill();
        Assert.True(waiting.Wait(Wait.Limit), "The waiter was not freed.");
        Assert.True(_ground.Table.LongestWaitForDead > TimeSpan.Zero);
        Assert.True(_ground.Table.Contains(key));
        _ground.RequireSound();
        var milliseconds = Stopwatch.GetElapsedTime(killed, waiting.Result).TotalMilliseconds;
        _output.WriteLine($"freed {milliseconds:F2} ms after SIGKILL");
        ProofReport.Append("stopped", ("freedWriterAfterMs", Math.Round(milliseconds, 2)), ("failures", 0));
    }

    public void Dispose() => _ground.Dispose();

    private PeerProcess StartWriter()
    {
        var writer = _ground.StartWriter();
        writer.WaitFor("ready");
        writer.Say($"go {WorkloadMode.Overwrite} {Domain} {1} {KillSettings.Seed} {Rows} {0} {1}");
        _ground.WaitForOperation(1, writer);
        return writer;
    }

    /// <summary>Stops the writer again and again until it stands in its critical section.</summary>
    private HeldBucket StopHoldingABucket(PeerProcess writer)
    {
        for (var stops = 1; stops <= MostStops; stops++)
        {
            Wait.Instructions(_random.Below(10_000));
            writer.Stop();
            if (HeldBucket.Find(_ground.Path) is { } held)
            {
                _output.WriteLine($"stopped {stops} times to catch it; {held}");
                Assert.Equal(writer.Id, Assert.Single(_ground.Table.Participants(), slot => slot.Slot == held.Slot).ProcessId);
                return held;
            }
            var acknowledged = _ground.Counters[0];
            writer.Continue();
            _ground.WaitForOperation(acknowledged + 1, writer);
        }
        throw new InvalidOperationException($"In {MostStops} stops the writer never held a bucket.");
    }

    private void RequireRefusal(byte[] key, int slot, int processId)
    {
        var error = Assert.Throws<TableBusyException>(() => Insert(key, Short));
        Assert.Equal((slot, processId), (error.Slot, error.ProcessId));
        Assert.Contains($"process {processId} (writer slot {slot}) is alive", error.Message, StringComparison.Ordinal);
        Assert.False(_ground.Table.Contains(key));
    }

    private void RequireReaders()
    {
        using var readOnly = TableFile.Open(_ground.Path, writable: false);
        var value = new byte[Stamp.Most];
        foreach (var key in _stable)
        {
            Assert.Equal(ReadStatus.Found, readOnly.Read(key, value, out var length));
            Assert.False(RowState.Read(key, value.AsSpan(0, length)).IsTorn, $"{RowKeys.Describe(key)} is torn.");
        }
        Assert.Equal(0, readOnly.ReaderWaits);
    }

    private void Insert(byte[] key, TimeSpan patience)
    {
        _ground.Table.WriterPatience = patience;
        _ground.Table.Insert(key, Value);
    }
}
