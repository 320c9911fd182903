using EtsPersist.Mmf.Native.Tests.Interleavings;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Notes the stores of each actor of an execution.</summary>
internal sealed class RecordedActors : Defect
{
    private readonly Dictionary<Actor, RecordedStores> _current = [];
    private readonly List<RecordedStores> _recorded = [];

    /// <summary>The stores of each operation.</summary>
    public IReadOnlyList<RecordedStores> Recorded => _recorded;

    public override void Rest(Actor actor) => _current.Remove(actor);

    public override void Write(Actor actor, long offset, ulong value)
    {
        Note(actor, offset, sizeof(ulong));
        base.Write(actor, offset, value);
    }

    public override bool CompareExchange(Actor actor, long offset, ulong expected, ulong value)
    {
        var exchanged = base.CompareExchange(actor, offset, expected, value);
        if (exchanged)
            Note(actor, offset, sizeof(ulong));
        return exchanged;
    }

    public override void Fill(Actor actor, long offset, ReadOnlySpan<byte> source)
    {
        Note(actor, offset, source.Length);
        base.Fill(actor, offset, source);
    }

    public override void WriteBarrier(Actor actor)
    {
        if (_current.TryGetValue(actor, out var recorded))
            recorded.WriteBarrier();
    }

    private void Note(Actor actor, long offset, int bytes)
    {
        if (!_current.TryGetValue(actor, out var recorded))
        {
            _current[actor] = recorded = new RecordedStores();
            _recorded.Add(recorded);
        }
        recorded.Note(actor.Store.Site, actor.Store.Kind, parts: 1, offset, bytes);
    }
}
