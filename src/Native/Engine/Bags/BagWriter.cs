using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// Operations on a bag: an ordered tree that has, for each key, a head and behind it one row for each object.
/// </summary>
/// <remarks>
/// Protocol. Read the head, and of the rows what the operation needs → one batch over the tree {require that the head is still the same; the head with its
/// next version, or none; the rows that come and go} → if the requirement failed, which the batch checks under the lock of the head's leaf before
/// anything can be seen, again from the beginning. Whoever fails was overtaken by another writer of the same key, so the key makes progress:
/// lock-free. Head and rows change by the one store that commits the batch, and a kill leaves what it leaves of any batch
/// (<see cref="BatchWriter{TMemory}"/>): all or nothing. There is no store here that the batch does not make.
/// </remarks>
internal static class BagWriter<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Adds a row; only under a key that has none, if so asked.</summary>
    /// <returns>Whether it was added: not to a bag that has an equal one, or where the key must be new and is not.</returns>
    public static bool Insert(Writer writer, BagPlan<TMemory> plan, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool onlyIfNew)
    {
        var bag = new BagKey(writer.Space, key, stackalloc byte[BagKey.ShortBuffer]);
        for (var lost = default(LostRaces); ; lost.Add(writer))
        {
            plan.Clear();
            plan.Begin(writer, bag);
            if ((onlyIfNew && plan.KeyExists) || !plan.Insert(bag, value))
                return false;
            plan.End(bag);
            if (plan.TryCommit(writer))
                return true;
        }
    }

    /// <summary>Removes all rows of a key that equal an object.</summary>
    /// <returns>How many.</returns>
    public static int DeleteObject(Writer writer, BagPlan<TMemory> plan, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var bag = new BagKey(writer.Space, key, stackalloc byte[BagKey.ShortBuffer]);
        for (var lost = default(LostRaces); ; lost.Add(writer))
        {
            plan.Clear();
            plan.Begin(writer, bag);
            var deleted = plan.DeleteObject(bag, value);
            plan.End(bag);
            if (deleted == 0 ? plan.IsUnchanged(bag) : plan.TryCommit(writer))
                return deleted;
        }
    }

    /// <summary>Removes all rows of a key, which the page, if there is one, has afterwards in the order of their insertion.</summary>
    /// <returns>How many.</returns>
    public static int Take(Writer writer, BagPlan<TMemory> plan, ReadOnlySpan<byte> key, ScanPage? page)
    {
        var bag = new BagKey(writer.Space, key, stackalloc byte[BagKey.ShortBuffer]);
        for (var lost = default(LostRaces); ; lost.Add(writer))
        {
            plan.Clear();
            plan.Begin(writer, bag);
            var taken = plan.DeleteAll(bag, page);
            plan.End(bag);
            if (!plan.KeyExists || plan.TryCommit(writer))
                return taken;
        }
    }

    /// <summary>Puts other objects in the places of rows of a key, if it still has exactly the rows of a page.</summary>
    /// <returns>Whether it had. If not, nothing has changed.</returns>
    public static bool TryReplace(Writer writer, BagPlan<TMemory> plan, ReadOnlySpan<byte> key, ScanPage rows, IReadOnlyList<byte[]?> values)
    {
        var bag = new BagKey(writer.Space, key, stackalloc byte[BagKey.ShortBuffer]);
        plan.Clear();
        plan.Begin(writer, bag);
        if (!plan.TryReplace(bag, rows, values))
            return false;
        plan.End(bag);
        return plan.TryCommit(writer);
    }

    /// <summary>Runs several operations, in their order for each key, as one.</summary>
    /// <param name="writer">The journal that runs them.</param>
    /// <param name="plan">What they come to.</param>
    /// <param name="operations">Insertions and deletions.</param>
    /// <param name="onlyIfAllNew">Do nothing if any of the keys has rows already.</param>
    /// <returns>False if nothing was done for that reason.</returns>
    public static bool Commit(Writer writer, BagPlan<TMemory> plan, BatchPlan operations, bool onlyIfAllNew)
    {
        var items = operations.SortedByKey();
        for (var lost = default(LostRaces); ; lost.Add(writer))
        {
            plan.Clear();
            for (var start = 0; start < items.Length;)
            {
                var end = start + 1;
                while (end < items.Length && operations.SameKey(items[start], items[end]))
                    end++;
                if (!TryAdd(writer, plan, operations, items[start..end], onlyIfAllNew))
                    return false;
                start = end;
            }
            if (plan.TryCommit(writer))
                return true;
        }
    }

    private static bool TryAdd(Writer writer, BagPlan<TMemory> plan, BatchPlan operations, ReadOnlySpan<BatchItem> items, bool onlyIfNew)
    {
        var key = operations.Key(items[0]);
        var bag = new BagKey(writer.Space, key, stackalloc byte[BagKey.ShortBuffer]);
        plan.Begin(writer, bag);
        if (onlyIfNew && plan.KeyExists)
            return false;
        foreach (ref readonly var item in items)
        {
            switch (item.Kind)
            {
                case BatchItemKind.Insert:
                    plan.Insert(bag, operations.Value(item));
                    break;
                case BatchItemKind.DeleteObject:
                    plan.DeleteObject(bag, operations.Value(item));
                    break;
                case BatchItemKind.Delete:
                    plan.DeleteAll(bag);
                    break;
                default:
                    throw new TableKindException("A bag has no counters, since a key may have several rows. Create the table as Set or OrderedSet.");
            }
        }
        plan.End(bag);
        return true;
    }
}
