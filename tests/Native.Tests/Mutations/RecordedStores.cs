using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>Notes which stores are made, in their order.</summary>
internal sealed unsafe class RecordedStores : StoreFilter
{
    private readonly List<RecordedStore> _stores = [];
    private bool _isBehindBarrier;

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

    /// <summary>What must come before a store, and would not if that came later by one: the write before it, or any store in front of a barrier.</summary>
    public RecordedStore? OrderedBefore(int index)
    {
        var store = _stores[index];
        if (WriteBefore(index, out var isBehindBarrier) is not { } write)
            return null;
        if (store.IsFill)
            return store.IsBehindBarrier ? write : null;
        return isBehindBarrier || write.Kind != StoreKind.Release ? write : null;
    }

    /// <summary>What may come after a store instead of before it: before a fill the fill or the write in front of it, before a write a release.</summary>
    public IEnumerable<RecordedStore> FreeBefore(int index)
    {
        var store = _stores[index];
        if (store.IsBehindBarrier)
            yield break;
        if (store.IsFill && index > 0 && _stores[index - 1].IsFill && !_stores[index - 1].Overlaps(store))
            yield return _stores[index - 1];
        if (WriteBefore(index, out var isBehindBarrier) is { } write && !isBehindBarrier
            && (write.Kind == StoreKind.Release || (store.IsFill && write.Kind == StoreKind.Write)))
            yield return write;
    }

    /// <summary>All of these.</summary>
    public IEnumerable<RecordedStore> ComingBefore(int index) => OrderedBefore(index) is { } ordered ? [ordered] : FreeBefore(index);

    /// <summary>
    /// The write before a store, whatever is filled between; null if one of these stores to the same place as that write, so that it cannot come later.
    /// </summary>
    private RecordedStore? WriteBefore(int index, out bool isBehindBarrier)
    {
        isBehindBarrier = _stores[index].IsBehindBarrier;
        var before = index - 1;
        for (; before >= 0 && _stores[before].IsFill; before--)
            isBehindBarrier |= _stores[before].IsBehindBarrier;
        if (before < 0)
            return null;
        for (var between = before + 1; between <= index; between++)
        {
            if (_stores[between].Overlaps(_stores[before]))
                return null;
        }
        return _stores[before];
    }

    public override void Read(ulong* address) => Reads++;

    public override void WriteBarrier() => _isBehindBarrier = true;

    public override void Make(in Store store)
    {
        Note(store.Site, store.Kind, store.Parts, (long)store.Destination, store.Bytes.Length);
        store.Make();
    }

    public void Note(StoreSite site, StoreKind kind, int parts, long start, int bytes)
    {
        _stores.Add(new RecordedStore(site, Moments, parts, kind, start, bytes, _isBehindBarrier));
        _isBehindBarrier = false;
        Moments += parts;
    }
}
