using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Notes which stores are made, in their order.</summary>
internal sealed unsafe class RecordedStores : StoreFilter
{
    private readonly List<RecordedStore> _stores = [];

    /// <summary>How many parts of stores there are: the moments at which a kill may come.</summary>
    public int Moments { get; private set; }

    /// <summary>How many words have been read.</summary>
    public int Reads { get; private set; }

    public IReadOnlyList<RecordedStore> Stores => _stores;

    /// <summary>Runs something and notes its stores.</summary>
    public static RecordedStores Of(Action action)
    {
        var recorded = new RecordedStores();
        using (TracedMemory.Through(recorded))
            action();
        return recorded;
    }

    /// <summary>The write before a write, whatever is filled between.</summary>
    public RecordedStore? WriteBefore(int index)
    {
        var before = index - 1;
        while (before >= 0 && _stores[before].IsFill)
            before--;
        return before < 0 ? null : _stores[before];
    }

    /// <summary>What may come directly before a fill: the fill before it, and the write that precedes them both.</summary>
    public IEnumerable<RecordedStore> ComingBeforeFill(int index)
    {
        if (index > 0 && _stores[index - 1].IsFill)
            yield return _stores[index - 1];
        if (WriteBefore(index) is { Kind: StoreKind.Write } write)
            yield return write;
    }

    public override void Read(ulong* address) => Reads++;

    public override void Make(in Store store)
    {
        Note(store.Site, store.Kind, store.Parts);
        store.Make();
    }

    public void Note(StoreSite site, StoreKind kind, int parts)
    {
        _stores.Add(new RecordedStore(site, Moments, parts, kind));
        Moments += parts;
    }
}
