using System.Diagnostics;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Kills;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Stopped;

/// <summary>A writer that SIGSTOP catches inside a batch: its batches are long, and it goes on until it is caught in one.</summary>
[Collection(ProcessTests.Name)]
public sealed class StoppedBatchTests : IDisposable
{
    private const string Domain = "group";
    private const int Keys = 4000;
    private const int MostStops = 200;
    private const int Probes = 8;
    private const int Others = 50;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);

    private readonly ITestOutputHelper _output;
    private readonly PeerGround _ground = new();
    private readonly RowGroup _group = new(Domain, Keys);
    private readonly Randomness _random = new(KillSettings.Seed);
    private readonly HashSet<int> _probed = [];

    public StoppedBatchTests(ITestOutputHelper output)
    {
        _output = output;
        _output.WriteLine($"seed {KillSettings.Seed}");
    }

    [LinuxFact("processes that are stopped and go on")]
    public void A_stopped_writer_keeps_what_it_holds_and_others_get_an_error_that_names_it()
    {
        using var writer = StartWriter();
        var (row, error) = StopInsideABatch(writer);
        var slot = Assert.Single(_ground.Table.Participants(), participant => participant.ProcessId == writer.Id);
        Assert.True(slot.IsAlive);
        Assert.Equal((slot.Slot, writer.Id), (error.Slot, error.ProcessId));
        Assert.Contains($"process {writer.Id} (writer slot {slot.Slot}) is alive", error.Message, StringComparison.Ordinal);

        Assert.Equal(0, _ground.Table.RecoverDead());
        Assert.Throws<TableBusyException>(() => Overwrite(row, Short));
        var acknowledged = _ground.Counters[0];
        writer.Continue();
        _ground.WaitForOperation(acknowledged + 2, writer);
        Overwrite(row, Wait.Limit);
        writer.Kill();
        Assert.Equal(1, _ground.Table.RecoverDead());
        _ground.RequireSound();
    }

    [LinuxFact("processes that are stopped and go on")]
    public void Readers_go_on_while_a_writer_is_stopped_inside_a_batch()
    {
        using var writer = StartWriter();
        StopInsideABatch(writer);
        using var readOnly = TableFile.Open(_ground.Path, writable: false);
        var since = Stopwatch.GetTimestamp();
        var numbers = Enumerable.Range(0, Keys).Select(row => _group.Read(readOnly, row)).ToArray();
        _output.WriteLine($"{Keys} reads beside a stopped writer took {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F1} ms");
        var number = Assert.Single(numbers.Where((_, row) => !_probed.Contains(row)).Distinct());
        Assert.InRange(number, _ground.Counters[0], _ground.Counters[0] + 1);
    }

    [LinuxFact("processes that are stopped and go on")]
    public void A_batch_that_meets_a_stopped_writer_does_nothing_and_can_be_committed_once_it_is_dead()
    {
        using var writer = StartWriter();
        var (row, _) = StopInsideABatch(writer);
        var plan = new BatchPlan();
        for (var other = 0; other < Others; other++)
            plan.Insert(KeyOfOther(other), [1, 2, 3]);
        plan.Insert(_group.Key(row), [4, 5, 6]);
        _ground.Table.WriterPatience = Short;

        Assert.Throws<TableBusyException>(() => _ground.Table.Commit(plan));
        Assert.All(Enumerable.Range(0, Others), other => Assert.False(_ground.Table.Contains(KeyOfOther(other))));

        writer.Kill();
        _ground.Table.Commit(plan);
        Assert.All(Enumerable.Range(0, Others), other => Assert.True(_ground.Table.Contains(KeyOfOther(other))));
        Assert.Equal(ReadStatus.Found, _ground.Table.Read(_group.Key(row), new byte[3], out var length));
        Assert.Equal(3, length);
        _ground.Table.RecoverDead();
        _ground.RequireSound();
    }

    [LinuxFact("processes that are stopped and go on")]
    public void The_death_of_a_stopped_writer_frees_its_rows_at_once()
    {
        using var writer = StartWriter();
        var (row, _) = StopInsideABatch(writer);
        writer.Kill();

        Overwrite(row, Short); // nobody has called RecoverDead
        _ground.Table.RecoverDead();
        _ground.RequireSound();
        Assert.Equal(Environment.ProcessId, Assert.Single(_ground.Table.Participants()).ProcessId);
    }

    public void Dispose() => _ground.Dispose();

    private static byte[] KeyOfOther(int number) => RowKeys.Of("other", 's', number);

    private PeerProcess StartWriter()
    {
        var writer = _ground.StartBatchWriter(Domain, Keys);
        writer.WaitFor("ready");
        writer.Say($"go 1");
        _ground.WaitForOperation(2, writer);
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
            for (var probe = 0; probe < Probes; probe++)
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
            var acknowledged = _ground.Counters[0];
            writer.Continue();
            _ground.WaitForOperation(acknowledged + 2, writer);
        }
        throw new InvalidOperationException($"In {MostStops} stops the writer was never inside a batch.");
    }

    private void Overwrite(int row, TimeSpan patience)
    {
        Span<byte> value = stackalloc byte[Stamp.LeastLong];
        Stamp.Write(value, (uint)row, 0);
        _ground.Table.WriterPatience = patience;
        _ground.Table.Insert(_group.Key(row), value);
    }
}
