using System.Buffers.Binary;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Peer.Commands;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;
using Xunit.Abstractions;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>
/// Three processes of two threads each write one public table: rows of their own, and rows and counters that all share. One after the other is
/// killed and replaced while the rest goes on.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class SharedTableTests : IDisposable
{
    private const int Processes = 3;
    private const int Threads = 2;
    private const int Kills = 12;
    private const int Rows = 64;
    private const int Turn = 2000;
    private const int ReaderPlace = 100;

    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private readonly Randomness _random = new(KillSettings.Seed);
    private readonly SharedCounters _counters;
    private readonly TableFile _table;
    private TableModel[] _models = [];
    private string _prefix = "";
    private readonly Dictionary<string, long> _cut = []; // what operations in flight may have added to shared counters
    private long _acknowledged;

    public SharedTableTests(ITestOutputHelper output)
    {
        _output = output;
        _output.WriteLine($"seed {KillSettings.Seed}");
        _counters = SharedCounters.Create(_folder["acknowledged"]);
        _table = TableFile.Create(_folder["shared.ets"], "shared", 1, new TableFileOptions { Access = TableAccess.Public });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_writers_lose_nothing_when_one_after_the_other_is_killed(bool rowsLieInBuckets)
    {
        Begin(rowsLieInBuckets);
        using var reader = PeerProcess.Start(
            "reader", "--file", _folder["shared.ets"], "--counters", _folder["acknowledged"], "--place", $"{ReaderPlace}", "--domain", Shared, "--rows", "16");
        reader.WaitFor("ready");
        using var pool = new PeerPool(Processes, () => PeerProcess.Start("writer", "--file", _folder["shared.ets"], "--counters", _folder["acknowledged"]));
        var writers = new Writing[Processes];
        for (var process = 0; process < Processes; process++)
            writers[process] = Begin(pool, process, process);
        for (var kill = 0; kill < Kills; kill++)
        {
            var process = kill % Processes;
            KillAndCheck(writers[process], [.. writers.Where(writer => writer != writers[process])]);
            writers[process] = Begin(pool, process, Processes + kill);
        }
        foreach (var writer in writers)
        {
            Unlimit(writer);
            var place = writer.Process * Threads;
            var acknowledged = _counters[place];
            Wait.Until(() => _counters[place] > acknowledged || writer.Peer.HasExited, () => $"a writer to go on. {writer.Peer.Transcript()}");
        }
        foreach (var writer in writers)
            writer.Peer.Kill();
        foreach (var writer in writers)
            Check(writer);
        reader.Say($"stop");
        _output.WriteLine(reader.WaitFor("done"));
        _output.WriteLine($"{Kills + Processes} kills, {_acknowledged} operations acknowledged");
        Assert.True(_counters[ReaderPlace + 1] == 0, reader.Transcript());
        RequireEnd();
    }

    public void Dispose()
    {
        _table.Dispose();
        _counters.Dispose();
        _folder.Dispose();
    }

    private string Shared => RowKeys.SharedDomain(_prefix.Length > 0);

    private RowKeys SharedKeys => new(Shared, 16);

    private string DomainOf(int place) => WriterCommand.DomainOf($"{_prefix}own{place / Threads}", place % Threads);

    private void Begin(bool rowsLieInBuckets)
    {
        _prefix = rowsLieInBuckets ? "#" : "";
        if (rowsLieInBuckets)
            _table.DecideRowFormat(Stamp.Small, Stamp.Small);
        _models = [.. Enumerable.Range(0, Processes * Threads).Select(place => new TableModel(DomainOf(place)))];
        var stamp = new byte[Stamp.Small];
        Stamp.Write(stamp, 0, 0);
        foreach (var key in SharedKeys.Stable)
            _table.Insert(key, stamp);
    }

    private Writing Begin(PeerPool pool, int process, int generation)
    {
        var writing = new Writing(pool.Take(), process, (uint)(1 + (generation * Threads)), _random.Next());
        for (var place = process * Threads; place < (process + 1) * Threads; place++)
        {
            _counters[place] = 0;
            _counters[place + WriterCommand.LimitDistance] = Turn;
        }
        writing.Peer.Say($"go Shared {_prefix}own{process} {writing.Writer} {writing.Seed} {Rows} {process * Threads} {Threads}");
        return writing;
    }

    private void KillAndCheck(Writing victim, Writing[] others)
    {
        var first = victim.Process * Threads;
        var enough = _random.Below(Turn);
        Unlimit(victim);
        foreach (var other in others)
            Allow(other);
        Wait.Until(
            () => Enumerable.Range(first, Threads).All(place => _counters[place] >= enough) || victim.Peer.HasExited,
            () => $"{enough} operations. {victim.Peer.Transcript()}");
        victim.Peer.Kill();
        foreach (var other in others)
            Allow(other);
        Check(victim);
        foreach (var other in others)
        {
            Wait.Until(
                () => Enumerable.Range(other.Process * Threads, Threads).All(place => _counters[place] == _counters[place + WriterCommand.LimitDistance]) || other.Peer.HasExited,
                () => $"another writer to go on. {other.Peer.Transcript()}");
            Assert.False(other.Peer.HasExited, other.Peer.Transcript());
        }
    }

    /// <summary>Lets a writer's threads make another turn of operations, so that the test can keep up with checking them.</summary>
    private void Allow(Writing writing)
    {
        foreach (var place in Enumerable.Range(writing.Process * Threads, Threads))
            _counters[place + WriterCommand.LimitDistance] += Turn;
    }

    private void Unlimit(Writing writing)
    {
        foreach (var place in Enumerable.Range(writing.Process * Threads, Threads))
            _counters[place + WriterCommand.LimitDistance] = 0;
    }

    /// <summary>What the victim's threads had acknowledged is there, while the others write, whoever recovers it.</summary>
    private void Check(Writing victim)
    {
        for (var thread = 0; thread < Threads; thread++)
        {
            var place = (victim.Process * Threads) + thread;
            var stream = new OperationStream(WorkloadMode.Shared, DomainOf(place), victim.Writer + (uint)thread, victim.Seed, Rows);
            while (stream.Sequence < _counters[place])
                _models[place].Apply(stream.Next());
            _acknowledged += stream.Sequence;
            var without = _models[place].DifferencesTo(TableModel.Read(_table, DomainOf(place)));
            var sharedBefore = new Dictionary<string, long>(_models[place].Shared);
            var with = _models[place].Copy();
            with.Apply(stream.Next());
            foreach (var (key, sum) in with.Shared)
                _cut[key] = _cut.GetValueOrDefault(key) + sum - sharedBefore.GetValueOrDefault(key);
            if (without.Length == 0)
                continue;
            var difference = with.DifferencesTo(TableModel.Read(_table, DomainOf(place)));
            Assert.True(
                difference.Length == 0,
                $"Domain {DomainOf(place)}, neither without the cut operation {stream.Sequence} ({without}) nor with it ({difference}). {victim.Peer.Transcript()}");
            _models[place] = new TableModel(DomainOf(place)) { Rows = with.Rows, Shared = sharedBefore };
        }
        victim.Peer.Dispose();
    }

    private void RequireEnd()
    {
        _table.RecoverDead();
        var report = _table.Verify();
        Assert.True(report.IsSound, report.ToString());
        var counters = TableModel.Read(_table, Shared).Rows.Where(row => RowKeys.IsCounter(RowKeys.Key(row.Key))).ToArray();
        foreach (var (key, value) in counters)
        {
            var acknowledged = _models.Sum(model => model.Shared.GetValueOrDefault(key));
            Assert.InRange(BinaryPrimitives.ReadInt64LittleEndian(value), acknowledged, acknowledged + _cut.GetValueOrDefault(key));
        }
        Assert.Equal(_models.Sum(model => model.Rows.Count) + SharedKeys.Stable.Length + counters.Length, report.Rows);
        Assert.Equal(report.Rows, _table.Count);
        Assert.All(_table.Participants(), participant => Assert.Equal(Environment.ProcessId, participant.ProcessId));
    }

    private sealed record Writing(PeerProcess Peer, int Process, uint Writer, ulong Seed);
}
