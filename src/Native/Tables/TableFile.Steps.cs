using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// Steps from key to key, in the order of their encoded bytes, or, in a bag, in an order that means nothing and stays. Of a bag the page gets all rows
/// of the key, in the order of their insertion.
/// </summary>
public sealed unsafe partial class TableFile
{
    /// <summary>Copies the rows of the lowest key into the page, if there is one. Makes no store. ETS: <c>first_lookup/1</c>.</summary>
    /// <exception cref="TableKindException">The table is of kind <see cref="TableKind.Set"/>.</exception>
    public bool TryFirst(ScanPage page) => TryStep(default, isFromKey: false, backward: false, page);

    /// <summary>Copies the rows of the highest key into the page, if there is one. Makes no store. ETS: <c>last_lookup/1</c>.</summary>
    /// <exception cref="TableKindException">The table is of kind <see cref="TableKind.Set"/>.</exception>
    public bool TryLast(ScanPage page) => TryStep(default, isFromKey: false, backward: true, page);

    /// <summary>Copies the rows of the next key above this one, which need not be there, into the page. Makes no store. ETS: <c>next_lookup/2</c>.</summary>
    /// <exception cref="TableKindException">The table is of kind <see cref="TableKind.Set"/>.</exception>
    public bool TryNext(ReadOnlySpan<byte> key, ScanPage page) => TryStep(key, isFromKey: true, backward: false, page);

    /// <summary>Copies the rows of the next key below this one, which need not be there, into the page. Makes no store. ETS: <c>prev_lookup/2</c>.</summary>
    /// <exception cref="TableKindException">The table is of kind <see cref="TableKind.Set"/>.</exception>
    public bool TryPrevious(ReadOnlySpan<byte> key, ScanPage page) => TryStep(key, isFromKey: true, backward: true, page);

    private bool TryStep(ReadOnlySpan<byte> key, bool isFromKey, bool backward, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!_hasTree)
            RequireOrdered();
        page.Clear();
        if (!EnterRead())
            return false;
        var bound = isFromKey ? KeyBound.Exclusive(key) : KeyBound.None;
        var found = _isBag
            ? BagScanner<ProcessMemory>.TryStep(_space, bound, backward, page)
            : TreeScanner<ProcessMemory>.TryNearest(_space, backward ? KeyBound.None : bound, backward ? bound : KeyBound.None, backward, page);
        GC.KeepAlive(this);
        return found;
    }
}
