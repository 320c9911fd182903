using System.Diagnostics;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>A writer that SIGSTOP catches inside a batch: its batches are so long that it is hardly ever elsewhere, and it goes on until it is caught there.</summary>
[Collection(ProcessTests.Name)]
public sealed class StoppedWriterTests : IDisposable
{
    private const int Keys = 4000;
    private const int MostStops = 200;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private readonly RowGroup _group = new("group", Keys);
    private readonly Randomness _random = new(KillSettings.Seed);
    private readonly SharedCounters _counters;
    private readonly TableFile _table;

    public StoppedWriterTests(ITestOutputHelper output)
    {
        _output = output;
        _output.WriteLine($"seed {KillSettings.Seed}");
        _counters = SharedCounters.Create(_folder["acknowledged"]);
        _table = TableFile.Create(_folder["stopped.ets"], "stopped", 1, new TableFileOptions { Access = TableAccess.Public });
    }

    [LinuxFact]
    public void A_stopped_writer_keeps_what_it_holds_and_others_get_an_error_that_names_it()
    {
        using var writer = StartWriter();
        var (row, error) = StopInsideABatch(writer);
        var slot = Assert.Single(_table.Participants(), participant => participant.ProcessId == writer.Id);
        Assert.True(slot.IsAlive);
        Assert.Equal((slot.Slot, writer.Id), (error.Slot, error.ProcessId));
        Assert.Contains($"process {writer.Id} (writer slot {slot.Slot}) is alive", error.Message, StringComparison.Ordinal);

        Assert.Equal(0, _table.RecoverDead());
        Assert.Throws<TableBusyException>(() => Overwrite(row, Short));
        var acknowledged = _counters[0];

        writer.Continue();
        Wait.Until(() => _counters[0] > acknowledged + 1, () => $"the writer to go on. {writer.Transcript()}");
        Overwrite(row, Wait.Limit);
        writer.Kill();
        Assert.Equal(1, _table.RecoverDead());
        RequireSound();
    }

    [LinuxFact]
    public void Readers_go_on_while_a_writer_is_stopped_inside_a_batch()
    {
        using var writer = StartWriter();
        StopInsideABatch(writer);
        using var readOnly = TableFile.Open(_folder["stopped.ets"], writable: false);
        var since = Stopwatch.GetTimestamp();
        var numbers = Enumerable.Range(0, Keys).Where(row => !_probed.Contains(row)).Select(row => _group.Read(readOnly, row)).Distinct().ToArray();
        _output.WriteLine($"{Keys} reads beside a stopped writer took {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F1} ms");
        var number = Assert.Single(numbers);
        Assert.InRange(number, _counters[0], _counters[0] + 1);
    }

    [LinuxFact]
    public void A_batch_that_meets_a_stopped_writer_does_nothing_and_can_be_committed_once_it_goes_on()
    {
        using var writer = StartWriter();
        var (row, _) = StopInsideABatch(writer);
        var plan = new BatchPlan();
        for (var other = 0; other < 50; other++)
            plan.Insert(RowKeys.Of("other", 's', other), [1, 2, 3]);
        plan.Insert(_group.Key(row), [4, 5, 6]);
        _table.WriterPatience = Short;

        Assert.Throws<TableBusyException>(() => _table.Commit(plan));
        Assert.All(Enumerable.Range(0, 50), other => Assert.False(_table.Contains(RowKeys.Of("other", 's', other))));

        writer.Kill();
        _table.Commit(plan);
        Assert.All(Enumerable.Range(0, 50), other => Assert.True(_table.Contains(RowKeys.Of("other", 's', other))));
        Assert.Equal(ReadStatus.Found, _table.Read(_group.Key(row), new byte[3], out var length));
        Assert.Equal(3, length);
        _table.RecoverDead();
        RequireSound();
    }

    [LinuxFact]
    public void The_death_of_a_stopped_writer_frees_its_rows_at_once()
    {
        using var writer = StartWriter();
        var (row, _) = StopInsideABatch(writer);
        writer.Kill();

        Overwrite(row, Short); // nobody has called RecoverDead
        _table.RecoverDead();
        RequireSound();
        Assert.Single(_table.Participants());
    }

    public void Dispose()
    {
        _table.Dispose();
        _counters.Dispose();
        _folder.Dispose();
    }

    private readonly HashSet<int> _probed = [];

    private PeerProcess StartWriter()
    {
        var writer = PeerProcess.Start(
            "batch-writer", "--file", _folder["stopped.ets"], "--counters", _folder["acknowledged"], "--place", "0", "--domain", "group", "--keys", $"{Keys}");
        writer.WaitFor("ready");
        writer.Say($"go 1");
        Wait.Until(() => _counters[0] >= 2 || writer.HasExited, () => $"the writer to begin. {writer.Transcript()}");
        return writer;
    }

    /// <summary>Stops the writer until it is stopped while it holds a row that the test tries to write.</summary>
    private (int Row, TableBusyException Error) StopInsideABatch(PeerProcess writer)
    {
        for (var stops = 1; stops <= MostStops; stops++)
        {
            Wait.Instructions(_random.Below(100_000));
            writer.Stop();
            _probed.Clear();
            for (var probe = 0; probe < 8; probe++)
            {
                var row = _random.Below(Keys - 1);
                try
                {
                    Overwrite(row, Short);
                    _probed.Add(row);
                }
                catch (TableBusyException error)
                {
                    _output.WriteLine($"stopped {stops} times to catch it inside a batch");
                    return (row, error);
                }
            }
            writer.Continue();
            var acknowledged = _counters[0];
            Wait.Until(() => _counters[0] > acknowledged + 1 || writer.HasExited, () => $"the writer to go on. {writer.Transcript()}");
        }
        throw new InvalidOperationException($"In {MostStops} stops the writer was never inside a batch.");
    }

    private void Overwrite(int row, TimeSpan patience)
    {
        Span<byte> value = stackalloc byte[Stamp.LeastLong];
        Stamp.Write(value, (uint)row, 0);
        _table.WriterPatience = patience;
        _table.Insert(_group.Key(row), value);
    }

    private void RequireSound()
    {
        var report = _table.Verify();
        Assert.True(report.IsSound, report.ToString());
        Assert.Equal(report.Rows, _table.Count);
    }
}
