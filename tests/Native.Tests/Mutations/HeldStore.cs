using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>A store that its own process sees already, and that is to reach memory later.</summary>
internal sealed unsafe class HeldStore(in Store store)
{
    private readonly StoreSite _site = store.Site;
    private readonly StoreKind _kind = store.Kind;
    private readonly byte* _destination = store.Destination;
    private readonly byte[] _before = store.Target.ToArray();
    private readonly byte[] _bytes = store.Bytes.ToArray();

    public int Parts { get; } = store.Parts;

    public bool Overlaps(in Store other) => other.Destination < _destination + _bytes.Length && _destination < other.Destination + other.Bytes.Length;

    public void Show() => _bytes.CopyTo(new Span<byte>(_destination, _bytes.Length));

    public void TakeBack() => _before.CopyTo(new Span<byte>(_destination, _before.Length));

    public void Make() => new Store(_site, _destination, _bytes, _kind, Parts).Make();
}
