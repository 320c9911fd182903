using System.Collections.Concurrent;
using EtsPersist.Mmf.Native.Tests.Crash;

namespace EtsPersist.Mmf.Native.Tests.Mutations;

/// <summary>All mutants that have been met, by several threads.</summary>
/// <param name="isMeant">Whether a mutation belongs to those that are tried.</param>
internal sealed class MutantPool(Func<Mutation, bool> isMeant)
{
    private readonly ConcurrentDictionary<Mutation, Mutant> _mutants = [];
    private readonly ConcurrentDictionary<SwappedStores, Mutant> _free = [];
    private readonly ConcurrentDictionary<StoreSite, bool> _sites = [];

    /// <summary>All mutants, in the order of their places.</summary>
    public IReadOnlyList<Mutant> All => [.. _mutants.Values.OrderBy(mutant => mutant.Mutation)];

    /// <summary>Orders that the engine does not claim: a fill swapped with what precedes it, a release with what follows. Nobody may notice any of them.</summary>
    public IReadOnlyList<Mutant> Free => [.. _free.Values.OrderBy(mutant => mutant.Mutation)];

    /// <summary>Every store that has been made.</summary>
    public ICollection<StoreSite> Sites => _sites.Keys;

    /// <summary>A store has been made.</summary>
    public void Note(StoreSite site)
    {
        if (!_sites.ContainsKey(site))
            _sites[site] = true;
    }

    /// <summary>
    /// The mutants that survive of those that change one of these stores: each dropped; each write swapped with the next; each fill and each release late.
    /// </summary>
    public IReadOnlyList<Mutant> Of(RecordedStores recorded) => Of(recorded, mutation => _mutants.GetOrAdd(mutation, meant => new Mutant(meant)));

    /// <summary>The same of those that have been met before, where nothing but orders among several actors can be told apart.</summary>
    public IReadOnlyList<Mutant> KnownOf(RecordedStores recorded) => Of(recorded, mutation => _mutants.GetValueOrDefault(mutation));

    private IReadOnlyList<Mutant> Of(RecordedStores recorded, Func<Mutation, Mutant?> find)
    {
        var mutations = new HashSet<Mutation>();
        for (var index = 0; index < recorded.Stores.Count; index++)
        {
            var store = recorded.Stores[index];
            Note(store.Site);
            mutations.Add(new DroppedStore(store.Site));
            if (store.Kind is StoreKind.Fill or StoreKind.Release)
                mutations.Add(new LateStore(store.Site));
            if (recorded.OrderedBefore(index) is { } earlier && earlier.Site != store.Site)
                mutations.Add(new SwappedStores(earlier.Site, store.Site));
        }
        return [.. mutations.Where(isMeant).Select(find).OfType<Mutant>().Where(mutant => mutant.Survives)];
    }

    /// <summary>The orders that are not promised among these stores.</summary>
    public IReadOnlyList<Mutant> FreeOf(RecordedStores recorded)
    {
        var mutations = new HashSet<SwappedStores>();
        for (var index = 1; index < recorded.Stores.Count; index++)
        {
            mutations.UnionWith(recorded.FreeBefore(index).Where(earlier => earlier.Site != recorded.Stores[index].Site)
                .Select(earlier => new SwappedStores(earlier.Site, recorded.Stores[index].Site)));
        }
        return [.. mutations.Where(mutation => isMeant(mutation)).Select(mutation => _free.GetOrAdd(mutation, meant => new Mutant(meant)))];
    }
}
