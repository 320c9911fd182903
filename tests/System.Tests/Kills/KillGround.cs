using EtsPersist.Mmf.System.Tests.Peers;

namespace EtsPersist.Mmf.System.Tests.Kills;

/// <summary>One public table for many kills, writers that are ready to be let loose on it, and what must be in it.</summary>
public abstract class KillGround : IDisposable
{
    private const int Rows = 256;
    private const int WritersAhead = 3;

    private readonly string _domain;
    private readonly PeerGround _ground;
    private readonly PeerPool _writers;
    private readonly Randomness _random = new(KillSettings.Seed);
    private TableModel _model;
    private uint _writer;
    private bool _failed;

    private protected KillGround(string domain)
    {
        _domain = domain;
        _ground = new PeerGround(RowKeys.IsCompact(domain));
        _ground.InsertStable(domain, Rows);
        _model = TableModel.Read(_ground.Table, domain);
        _writers = new PeerPool(WritersAhead, _ground.StartWriter);
    }

    /// <summary>How many operations have been acknowledged and checked.</summary>
    internal long Acknowledged { get; private set; }

    /// <summary>How many kills found their operation done, not acknowledged.</summary>
    internal int Done { get; private set; }

    internal ReaderProcess StartReader() => _ground.StartReader(_domain, Rows);

    /// <summary>Lets a writer work and kills it at a random instant; then the table must be sound and hold what was acknowledged.</summary>
    internal void KillOne(WorkloadMode mode)
    {
        Assert.False(_failed, "An earlier kill has failed; what is in the table is not known any more.");
        _failed = true;
        var writer = ++_writer;
        var seed = _random.Next();
        using var peer = _writers.Take();
        _ground.Counters[0] = 0;
        peer.Say($"go {mode} {_domain} {writer} {seed} {Rows} {0} {1}");
        _ground.WaitForOperation(_random.Below(8) == 0 ? 0 : _random.Below(1 << (4 + _random.Below(9))), peer);
        Wait.Instructions(_random.Below(200));
        peer.Kill();

        var acknowledged = _ground.Counters[0];
        var context = $"writer {writer}, mode {mode}, seed {seed}, killed after operation {acknowledged}. {peer.Transcript()}";
        var stream = new OperationStream(mode, _domain, writer, seed, Rows);
        while (stream.Sequence < acknowledged)
            _model.Apply(stream.Next());
        var before = Settle(stream.Next(), context);
        var settled = _ground.Table.RecoverDead();
        Assert.True(settled == 1 || (settled == 0 && acknowledged == 0), $"{settled} writers were settled. {context}");
        Assert.Equal(_model.Rows.Count, _ground.RequireSound(context).Rows);
        var difference = before.DifferencesTo(TableModel.Read(_ground.Table, _domain));
        Assert.True(difference.Length == 0, $"Recovery changed what readers saw: {difference}. {context}");
        Acknowledged += acknowledged;
        DeleteNewRows();
        _failed = false;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _writers.Dispose();
        _ground.Dispose();
    }

    /// <summary>Before anybody has recovered, readers see the operation that the kill cut, or not; nothing else may differ.</summary>
    private TableModel Settle(Operation cut, string context)
    {
        var actual = TableModel.Read(_ground.Table, _domain);
        var without = _model.DifferencesTo(actual);
        if (without.Length == 0)
            return actual;
        _model.Apply(cut);
        var with = _model.DifferencesTo(actual);
        Assert.True(with.Length == 0, $"Neither without the cut operation ({without}) nor with it ({with}): {cut}. {context}");
        Done++;
        return actual;
    }

    /// <summary>The test writes too, into blocks that the dead have left.</summary>
    private void DeleteNewRows()
    {
        foreach (var key in _model.Rows.Keys.Where(key => RowKeys.IsNew(RowKeys.Key(key))).ToArray())
        {
            Assert.True(_ground.Table.Delete(RowKeys.Key(key)), $"{key} was not there.");
            _model.Rows.Remove(key);
        }
    }
}
