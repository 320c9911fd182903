using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>
/// Makes the stores of a thread as a changed engine would. A process sees its own stores at once, whatever their order in memory: one that is to come
/// later is shown, and taken back if the process is killed before it is made.
/// </summary>
/// <param name="mutation">The change.</param>
/// <param name="storage">The table.</param>
/// <param name="mostSteps">How many accesses there may be before it is certain that there is no end.</param>
internal sealed unsafe class MutatedStores(Mutation mutation, HeapStorage storage, int mostSteps) : StoreFilter
{
    /// <summary>Nobody else is there to be waited for.</summary>
    private const int MostPauses = 100;

    private readonly byte* _end = storage.Base + storage.Capacity;
    private readonly StoreSite _first = mutation.First;
    private readonly StoreSite? _second = (mutation as SwappedStores)?.Later;
    private readonly List<HeldStore> _held = [];
    private int _steps;
    private int _pauses;

    /// <summary>How many parts of stores have been dropped, or were late when the process was killed.</summary>
    public int Dropped { get; private set; }

    /// <summary>The words that they would have changed.</summary>
    public HashSet<long> Missed { get; } = [];

    public override void Read(ulong* address) => Step((byte*)address, sizeof(ulong));

    public override void Pause()
    {
        if (++_pauses > MostPauses)
            throw new NoEndException();
    }

    public override void Make(in Store store)
    {
        Step(store.Destination, store.Bytes.Length);
        try
        {
            if (_second is not null)
                Swap(store);
            else if (store.Site != _first)
                MakeBeside(store);
            else
                Drop(store);
        }
        catch (KilledException)
        {
            TakeBack();
            throw;
        }
    }

    public override void EndOperation()
    {
        if (mutation is LateStore)
            Missed.Clear();
        MakeHeld();
    }

    /// <summary>A write waits for the next one; fills pass it.</summary>
    private void Swap(in Store store)
    {
        var isInTheWay = _held.Count > 0 && _held[0].Overlaps(store);
        if (_held.Count > 0 && store.Site == _second && !isInTheWay)
        {
            var held = TakeBack();
            store.Make();
            foreach (var late in held)
                late.Make();
            return;
        }
        if (_held.Count > 0 && (!store.IsFill || store.Site == _first || isInTheWay))
            MakeHeld();
        if (store.Site == _first)
            Hold(store);
        else
            store.Make();
    }

    private void Drop(in Store store)
    {
        Dropped += store.Parts;
        Miss(store);
        if (mutation is not LateStore)
            return;
        Forget(store);
        Hold(store);
    }

    private void MakeBeside(in Store store)
    {
        store.Make();
        Forget(store);
    }

    /// <summary>What has been overwritten need not be made any more.</summary>
    private void Forget(in Store store)
    {
        for (var index = _held.Count - 1; index >= 0; index--)
        {
            if (_held[index].Overlaps(store))
                _held.RemoveAt(index);
        }
    }

    private void Hold(in Store store)
    {
        var held = new HeldStore(store);
        _held.Add(held);
        held.Show();
    }

    private void MakeHeld()
    {
        foreach (var held in TakeBack())
            held.Make();
    }

    /// <summary>What is held back has not been made any more.</summary>
    private HeldStore[] TakeBack()
    {
        if (_held.Count == 0)
            return [];
        HeldStore[] held = [.. _held];
        _held.Clear();
        foreach (var store in held)
            store.TakeBack();
        return held;
    }

    private void Miss(in Store store)
    {
        if (store.IsIdempotent)
            return;
        var start = store.Destination - storage.Base;
        for (var word = start & ~(sizeof(ulong) - 1L); word < start + store.Bytes.Length; word += sizeof(ulong))
            Missed.Add(word);
    }

    private void Step(byte* address, int length)
    {
        if (++_steps > mostSteps)
            throw new NoEndException();
        if (address < storage.Base || address + length > _end)
            throw new OutOfTableException();
    }
}
