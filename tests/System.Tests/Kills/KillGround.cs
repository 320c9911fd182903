using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Peer.Workload;
using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>One public table for many kills, writers that are ready to be let loose on it, and what must be in it.</summary>
public abstract class KillGround : IDisposable
{
    internal const int Rows = 256;
    private const int WritersAhead = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly PeerPool _writers;
    private readonly Randomness _random = new(KillSettings.Seed);
    private TableModel _model;
    private uint _writer;
    private bool _failed;

    private protected KillGround(string domain)
    {
        Domain = domain;
        _model = new TableModel(domain);
        Counters = SharedCounters.Create(CountersPath);
        Table = TableFile.Create(TablePath, "kills", 1, new TableFileOptions { Access = TableAccess.Public });
        if (RowKeys.IsCompact(domain))
            Table.DecideRowFormat(Stamp.Small, Stamp.Small);
        _writers = new PeerPool(WritersAhead, () => PeerProcess.Start("writer", "--file", TablePath, "--counters", CountersPath));
        var stamp = new byte[Stamp.Small];
        foreach (var key in new RowKeys(Domain, Rows).Stable)
        {
            Stamp.Write(stamp, 0, 0);
            Table.Insert(key, stamp);
            _model.Rows.Add(RowKeys.Text(key), [.. stamp]);
        }
    }

    internal string Domain { get; }

    internal TableFile Table { get; }

    internal SharedCounters Counters { get; }

    internal string TablePath => _folder["kills.ets"];

    internal string CountersPath => _folder["acknowledged"];

    /// <summary>How many operations have been acknowledged and checked.</summary>
    internal long Acknowledged { get; private set; }

    /// <summary>How many kills found their operation done, not acknowledged.</summary>
    internal int Done { get; private set; }

    /// <summary>Lets a writer work and kills it at a random instant; then the table must be sound and hold what was acknowledged.</summary>
    internal void KillOne(WorkloadMode mode)
    {
        Assert.False(_failed, "An earlier kill has failed; what is in the table is not known any more.");
        _failed = true;
        var writer = ++_writer;
        var seed = _random.Next();
        using var peer = _writers.Take();
        Counters[0] = 0;
        peer.Say($"go {mode} {Domain} {writer} {seed} {Rows} {0} {1}");
        var enough = _random.Below(8) == 0 ? 0 : _random.Below(1 << (4 + _random.Below(9)));
        Wait.Until(() => Counters[0] >= enough || peer.HasExited, () => $"{enough} operations. {peer.Transcript()}");
        Wait.Instructions(_random.Below(200));
        peer.Kill();

        var acknowledged = Counters[0];
        var context = $"writer {writer}, mode {mode}, seed {seed}, killed after operation {acknowledged}. {peer.Transcript()}";
        Assert.True(acknowledged >= enough, context);
        var stream = new OperationStream(mode, Domain, writer, seed, Rows);
        while (stream.Sequence < acknowledged)
            _model.Apply(stream.Next());
        var before = Settle(stream.Next(), context + " Before recovery. ");

        var settled = Table.RecoverDead();
        Assert.True(settled == 1 || (settled == 0 && acknowledged == 0), $"{settled} writers were settled. {context}");
        var report = Table.Verify();
        Assert.True(report.IsSound, $"{report} {context}");
        var difference = before.DifferencesTo(TableModel.Read(Table, Domain));
        Assert.True(difference.Length == 0, $"Recovery changed what readers saw: {difference}. {context}");
        Assert.Equal(_model.Rows.Count, report.Rows);
        Assert.Equal(_model.Rows.Count, Table.Count);
        Acknowledged += acknowledged;
        DeleteNewRows();
        _failed = false;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _writers.Dispose();
        Table.Dispose();
        Counters.Dispose();
        _folder.Dispose();
    }

    /// <summary>The operation that the kill cut is done, or it is not; nothing else may differ.</summary>
    private TableModel Settle(Operation cut, string context)
    {
        var actual = TableModel.Read(Table, Domain);
        var without = _model.DifferencesTo(actual);
        var with = _model.Copy();
        with.Apply(cut);
        if (without.Length == 0)
            return actual;
        var difference = with.DifferencesTo(actual);
        Assert.True(difference.Length == 0, $"Neither without the cut operation ({without}) nor with it ({difference}): {cut}. {context}");
        _model = with;
        Done++;
        return actual;
    }

    /// <summary>The test writes too, into blocks that the dead have left.</summary>
    private void DeleteNewRows()
    {
        foreach (var key in _model.Rows.Keys.Where(key => RowKeys.IsNew(RowKeys.Key(key))).ToArray())
        {
            Assert.True(Table.Delete(RowKeys.Key(key)), $"{key} was not there.");
            _model.Rows.Remove(key);
        }
    }
}
