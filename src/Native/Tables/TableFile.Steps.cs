using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// Steps from key to key, in the order of their encoded bytes, or, in a bag, in an order that means nothing and stays. Of a bag the page gets all rows
/// of the key, in the order of their insertion. A table of kind <see cref="TableKind.Set"/> has the order of <see cref="HashOrder{TMemory}"/>, which
/// goes one way: the last key is the first one, and the previous one the next.
/// </summary>
public sealed unsafe partial class TableFile
{
    /// <summary>Copies the rows of the lowest key into the page, if there is one. Makes no store. ETS: <c>first_lookup/1</c>.</summary>
    public bool TryFirst(ScanPage page) => TryStep(default, isFromKey: false, backward: false, page);

    /// <summary>Copies the rows of the highest key into the page, if there is one. Makes no store. ETS: <c>last_lookup/1</c>.</summary>
    public bool TryLast(ScanPage page) => TryStep(default, isFromKey: false, backward: true, page);

    /// <summary>Copies the rows of the next key above this one, which need not be there, into the page. Makes no store. ETS: <c>next_lookup/2</c>.</summary>
    public bool TryNext(ReadOnlySpan<byte> key, ScanPage page) => TryStep(key, isFromKey: true, backward: false, page);

    /// <summary>Copies the rows of the next key below this one, which need not be there, into the page. Makes no store. ETS: <c>prev_lookup/2</c>.</summary>
    public bool TryPrevious(ReadOnlySpan<byte> key, ScanPage page) => TryStep(key, isFromKey: true, backward: true, page);

    /// <summary>
    /// Copies the next rows behind a key into the page, in the order of the steps. False: these were the last. Each row that is present throughout is seen
    /// exactly once, whatever is written meanwhile. Makes no store.
    /// </summary>
    /// <param name="cursor">Begins at 0; the same bound goes with it from page to page.</param>
    /// <param name="after">The key that has been reached, which need not be there any more; none to begin with the first.</param>
    /// <param name="page">Where the rows go; what it had is replaced. It may stay empty before the end.</param>
    /// <exception cref="TableKindException">The table is of another kind than <see cref="TableKind.Set"/>.</exception>
    public bool ScanAfter(ref ulong cursor, KeyBound after, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (_hasTree)
            throw new TableKindException($"Table '{Name}' is of kind {Kind}: scan a range of it, or step from key to key.");
        page.Clear();
        if (!EnterRead())
            return false;
        var more = HashOrder<ProcessMemory>.Next(_space, ref cursor, after, page);
        GC.KeepAlive(this);
        return more;
    }

    private bool TryStep(ReadOnlySpan<byte> key, bool isFromKey, bool backward, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Clear();
        if (!EnterRead())
            return false;
        var bound = isFromKey ? KeyBound.Exclusive(key) : KeyBound.None;
        var found = _isBag ? BagScanner<ProcessMemory>.TryStep(_space, bound, backward, page)
            : !_hasTree ? HashOrder<ProcessMemory>.TryStep(_space, bound, page)
            : TreeScanner<ProcessMemory>.TryNearest(_space, backward ? KeyBound.None : bound, backward ? bound : KeyBound.None, backward, page);
        GC.KeepAlive(this);
        return found;
    }
}
