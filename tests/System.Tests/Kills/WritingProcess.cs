using EtsPersist.Mmf.Peer.Commands;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>One of several writing processes, killed and replaced again and again, and what its threads' rows must be.</summary>
/// <remarks>Between its kills it writes in turns, so that the test can keep up with checking what it wrote.</remarks>
internal sealed class WritingProcess
{
    /// <summary>How many operations each thread may do in a turn.</summary>
    public const int Turn = 2000;

    private const int Threads = 2;
    private const int RowsOfAThread = 64;

    private readonly PeerGround _ground;
    private readonly string _domain;
    private readonly int _process;
    private readonly TableModel[] _models;
    private readonly Dictionary<string, long> _perhaps = [];
    private PeerProcess? _peer;
    private uint _writer;
    private ulong _seed;

    public WritingProcess(PeerGround ground, string domain, int process)
    {
        (_ground, _domain, _process) = (ground, domain, process);
        _writer = (uint)(1 + (process * 1000));
        _models = [.. Enumerable.Range(0, Threads).Select(thread => new TableModel(DomainOf(thread)))];
    }

    /// <summary>How many operations were acknowledged and found.</summary>
    public long Checked { get; private set; }

    public int Rows => _models.Sum(model => model.Rows.Count);

    private PeerProcess Peer => _peer ?? throw new InvalidOperationException("No process is writing.");

    private IEnumerable<int> Places => Enumerable.Range(_process * Threads, Threads);

    /// <summary>What was added to a shared counter and acknowledged.</summary>
    public long AcknowledgedOf(string counter) => _models.Sum(model => model.Shared.GetValueOrDefault(counter));

    /// <summary>What operations that kills cut may have added to it.</summary>
    public long PerhapsOf(string counter) => _perhaps.GetValueOrDefault(counter);

    /// <summary>Lets the next process write its first turn.</summary>
    public void Begin(PeerProcess peer, ulong seed)
    {
        (_peer, _writer, _seed) = (peer, _writer + Threads, seed);
        foreach (var place in Places)
        {
            _ground.Counters[place] = 0;
            _ground.Counters[place + WriterCommand.LimitDistance] = Turn;
        }
        peer.Say($"go Shared {_domain} {_writer} {seed} {RowsOfAThread} {_process * Threads} {Threads}");
    }

    public void AllowTurn()
    {
        foreach (var place in Places)
            _ground.Counters[place + WriterCommand.LimitDistance] += Turn;
    }

    public void AllowAll()
    {
        foreach (var place in Places)
            _ground.Counters[place + WriterCommand.LimitDistance] = 0;
    }

    public void WaitForOperations(long count)
    {
        foreach (var place in Places)
            _ground.WaitForOperation(count, Peer, place);
    }

    public void WaitForTurn()
    {
        foreach (var place in Places)
            _ground.WaitForOperation(_ground.Counters[place + WriterCommand.LimitDistance], Peer, place);
    }

    public void Kill() => Peer.Kill();

    /// <summary>The dead process's rows must be as acknowledged, with or without the last operation of each thread.</summary>
    public void Check()
    {
        for (var thread = 0; thread < Threads; thread++)
            Check(thread);
        Peer.Dispose();
        _peer = null;
    }

    private void Check(int thread)
    {
        var model = _models[thread];
        var stream = new OperationStream(WorkloadMode.Shared, DomainOf(thread), _writer + (uint)thread, _seed, RowsOfAThread);
        while (stream.Sequence < _ground.Counters[(_process * Threads) + thread])
            model.Apply(stream.Next());
        Checked += stream.Sequence;
        var actual = TableModel.Read(_ground.Table, DomainOf(thread));
        var without = model.DifferencesTo(actual);
        var with = model.Copy();
        with.Apply(stream.Next());
        foreach (var (key, sum) in with.Shared)
            _perhaps[key] = _perhaps.GetValueOrDefault(key) + sum - model.Shared.GetValueOrDefault(key);
        if (without.Length == 0)
            return;
        var difference = with.DifferencesTo(actual);
        Assert.True(
            difference.Length == 0,
            $"{DomainOf(thread)}: neither without operation {stream.Sequence} ({without}) nor with it ({difference}). {Peer.Transcript()}");
        _models[thread] = new TableModel(DomainOf(thread)) { Rows = with.Rows, Shared = model.Shared };
    }

    private string DomainOf(int thread) => WriterCommand.DomainOf(_domain, thread);
}
