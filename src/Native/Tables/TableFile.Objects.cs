using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf.Native;

/// <summary>Operations on whole objects: a key and its value, or the values of all its rows.</summary>
public sealed unsafe partial class TableFile
{
    /// <summary>
    /// Copies all rows of a key into a page: one at most, but of a bag all, in the order of their insertion and as they were at one moment.
    /// ETS: <c>lookup/2</c>.
    /// </summary>
    /// <remarks>
    /// Threads: any. Blocking: none and no store; of a bag's key whose rows are being removed it begins again, so it is lock-free, not wait-free.
    /// Allocation: what the page needs to hold the rows.
    /// </remarks>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="TableBusyException">Rows of a bag's key were removed again and again while they were read.</exception>
    /// <exception cref="ValueTooLargeException">The rows of a bag's key take more bytes than an array can have.</exception>
    public int Lookup(ReadOnlySpan<byte> key, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (_isBag)
            LookupBag(key, page);
        else
            LookupOne(key, page);
        return page.Count;
    }

    /// <summary>
    /// Copies all rows of a key into a page, like <see cref="Lookup"/>, and removes them, as one operation. ETS: <c>take/2</c>.
    /// </summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="TableBusyException">A living process holds the key, or other writers changed a bag's key again and again; nothing has changed.</exception>
    /// <exception cref="BatchTooLargeException">A bag's key has so many rows that removing them takes more than a batch may have.</exception>
    public int Take(ReadOnlySpan<byte> key, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (_isBag)
            return TakeBag(key, page);
        page.Clear();
        var row = page.Add(key.Length, 0);
        key.CopyTo(row); // first: the key may lie in the page itself
        ReadStatus status;
        while ((status = Take(row[..key.Length], row[key.Length..], out var length)) != ReadStatus.Missing)
        {
            if (status == ReadStatus.Found)
            {
                page.ResizeLast(length);
                return 1;
            }
            row = page.ResizeLast(length);
        }
        page.Clear();
        return 0;
    }

    /// <summary>
    /// Removes the rows of a key whose value is, byte for byte, this one: of a bag all that equal it, else one at most.
    /// ETS: <c>delete_object/2</c>.
    /// </summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="TableBusyException">A living process holds the key, or other writers changed a bag's key again and again; nothing has changed.</exception>
    public int DeleteObject(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Limits.Require(key.Length, value.Length);
        if (_isBag)
            return DeleteBagObject(key, value);
        var operation = new RemoveObjectOperation(value);
        return Apply(key, ref operation) == RowDecision.Remove ? 1 : 0;
    }

    /// <summary>Replaces the value of a key if it is, byte for byte, the expected one. ETS: <c>select_replace/2</c> with a literal row.</summary>
    /// <returns>Whether it was, and now is the new one.</returns>
    /// <exception cref="TableKindException">The table is a bag.</exception>
    /// <exception cref="TableBusyException">A living process holds the key.</exception>
    public bool CompareExchange(ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> value)
    {
        Limits.Require(key.Length, value.Length);
        RequireOneRowPerKey("Delete the one object and insert the other in a batch.");
        var operation = new CompareExchangeOperation(expected, value);
        return Apply(key, ref operation) == RowDecision.Store;
    }

    /// <summary>
    /// Puts other values in the places of rows of a duplicate bag's key: each keeps its place in the order of insertion. One operation, and only if the
    /// key still has exactly the rows of a page. ETS: <c>select_replace/2</c>.
    /// </summary>
    /// <param name="key">The encoded key.</param>
    /// <param name="rows">What <see cref="Lookup"/> has given for it; stays as it is.</param>
    /// <param name="values">A value for each of these rows, or null for a row that stays.</param>
    /// <returns>Whether it had. If not, nothing has changed: look again.</returns>
    /// <exception cref="TableKindException">The table is no duplicate bag.</exception>
    /// <exception cref="TableFullException">There is no space; nothing has changed.</exception>
    /// <exception cref="TableBusyException">A living process holds the key; nothing has changed.</exception>
    public bool TryReplace(ReadOnlySpan<byte> key, ScanPage rows, IReadOnlyList<byte[]?> values)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, rows.Count);
        return Kind == TableKind.DuplicateBag
            ? TryReplaceInBag(key, rows, values)
            : throw new TableKindException($"Table '{Name}' is of kind {Kind}; only rows of a {TableKind.DuplicateBag} are replaced in their places.");
    }

    private void LookupOne(ReadOnlySpan<byte> key, ScanPage page)
    {
        page.Clear();
        var row = page.Add(key.Length, 0);
        key.CopyTo(row); // first: the key may lie in the page itself
        ReadStatus status;
        while ((status = Read(row[..key.Length], row[key.Length..], out var length)) != ReadStatus.Missing)
        {
            row = page.ResizeLast(length);
            if (status == ReadStatus.Found)
                return;
        }
        page.Clear();
    }
}
