using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>What only tables of kind <see cref="TableKind.OrderedSet"/> can do. Keys are in the order of their encoded bytes.</summary>
public sealed unsafe partial class TableFile
{
    /// <summary>Whether keys have an order, so that ranges of them can be scanned.</summary>
    public bool IsOrdered => _hasTree && !_isBag;

    /// <summary>
    /// Copies the next rows of a range into the page, some leaves at a time: in the order of their keys, or against it. False: these were the last.
    /// Each row that is present throughout is seen exactly once, whatever is written meanwhile. Makes no store.
    /// </summary>
    /// <param name="cursor">Begins as <c>default</c>; the same bounds and direction go with it from page to page.</param>
    /// <param name="low">Where the range begins.</param>
    /// <param name="high">Where the range ends.</param>
    /// <param name="backward">Whether to begin at the high end.</param>
    /// <param name="page">Where the rows go; what it had is replaced. It may stay empty before the end.</param>
    /// <exception cref="TableKindException">The table is not ordered.</exception>
    public bool ScanRange(ref RangeCursor cursor, KeyBound low, KeyBound high, bool backward, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        RequireOrdered();
        page.Clear();
        if (cursor.IsDone || !EnterRead())
            return false;
        var more = TreeScanner<ProcessMemory>.Next(_space, ref cursor, low, high, backward, page);
        GC.KeepAlive(this);
        return more;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadStatus ReadOrdered(ReadOnlySpan<byte> key, Span<byte> destination, out int length)
    {
        length = 0;
        RequireOneRowPerKey("Lookup gives all of them.");
        if (!EnterRead())
            return ReadStatus.Missing;
        var status = TreeReader<ProcessMemory>.Read(_space, key, destination, out length);
        GC.KeepAlive(this);
        return status;
    }

    private bool ContainsOrdered(ReadOnlySpan<byte> key)
    {
        if (!EnterRead())
            return false;
        var found = TreeReader<ProcessMemory>.Contains(_space, key);
        GC.KeepAlive(this);
        return found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RowDecision ApplyOrdered<TOperation>(ReadOnlySpan<byte> key, ref TOperation operation)
        where TOperation : struct, IRowOperation, allows ref struct
    {
        var writer = EnterWrite(out var place);
        try
        {
            if (!_space.Format.IsDecided)
                Decide(writer, VariableFormat);
            return TreeWriter<ProcessMemory>.Apply(writer, key, ref operation);
        }
        finally
        {
            ExitWrite(place);
        }
    }

    private void RequireOrdered()
    {
        if (Kind != TableKind.OrderedSet)
            throw new TableKindException($"Table '{Name}' is of kind {Kind}: its keys have no order. Create it as {TableKind.OrderedSet}.");
    }
}
