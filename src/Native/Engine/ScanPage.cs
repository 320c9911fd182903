using System.Runtime.InteropServices;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>Rows copied out of a table, a bucket's or some leaves' at a time. Reused from page to page; not thread-safe.</summary>
public sealed class ScanPage
{
    private const int LargePage = 64 << 10;

    private readonly List<(int KeyStart, int KeyBytes, int ValueBytes)> _rows = [];
    private byte[] _bytes = new byte[512];
    private int _used;
    private bool _hasBagRows;
    private Comparison<(int KeyStart, int KeyBytes, int ValueBytes)>? _bySequence;
    private ScanPage? _heads;

    /// <summary>How many rows the page has.</summary>
    public int Count => _rows.Count;

    /// <summary>How many bytes of rows it can take before it grows.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>The encoded key of a row; valid until the page is filled again.</summary>
    public ReadOnlySpan<byte> Key(int row) => _hasBagRows ? BagKey.KeyOf(TreeKey(row)) : TreeKey(row);

    /// <summary>The encoded value of a row; valid until the page is filled again.</summary>
    public ReadOnlySpan<byte> Value(int row) => _bytes.AsSpan(_rows[row].KeyStart + _rows[row].KeyBytes, _rows[row].ValueBytes);

    /// <summary>The key of a row as the tree has it: in a bag the user's key and more, else the same.</summary>
    internal ReadOnlySpan<byte> TreeKey(int row) => TreeKey(_rows[row]);

    /// <summary>A page of its own for the heads of a bag, while this one takes their rows.</summary>
    internal ScanPage Heads => _heads ??= new ScanPage();

    /// <summary>Whether the page has so many bytes that it should be read before more are added.</summary>
    internal bool IsLarge => _used >= LargePage;

    /// <summary>The page as it is now, to come back to.</summary>
    internal (int Rows, int Used) Mark => (_rows.Count, _used);

    internal void Rewind((int Rows, int Used) mark)
    {
        _rows.RemoveRange(mark.Rows, _rows.Count - mark.Rows);
        _used = mark.Used;
    }

    /// <summary>Empties the page.</summary>
    /// <param name="hasBagRows">Whether what comes are rows of a bag, of whose tree keys only the user's part is shown.</param>
    internal void Clear(bool hasBagRows = false)
    {
        _rows.Clear();
        _used = 0;
        _hasBagRows = hasBagRows;
    }

    /// <summary>Leaves out the rows of a bag, from the first so many on, that are another key's or came after a head.</summary>
    internal void KeepCovered(int first, ReadOnlySpan<byte> key, BagHead head)
    {
        var kept = first;
        for (var row = first; row < _rows.Count; row++)
        {
            if (BagKey.IsRow(TreeKey(row)) && BagKey.KeyOf(TreeKey(row)).SequenceEqual(key) && head.Covers(BagKey.SequenceOf(TreeKey(row))))
                _rows[kept++] = _rows[row];
        }
        _rows.RemoveRange(kept, _rows.Count - kept);
    }

    /// <summary>Brings the rows of a bag's key, from the first so many on, into the order of their insertion.</summary>
    internal void SortBySequence(int first)
    {
        if (_rows.Count - first > 1)
            CollectionsMarshal.AsSpan(_rows)[first..].Sort(_bySequence ??= CompareSequences);
    }

    /// <summary>Whether another page has the same rows in the same order.</summary>
    internal bool HasSameRows(ScanPage other)
    {
        var same = Count == other.Count;
        for (var row = 0; same && row < Count; row++)
            same = TreeKey(row).SequenceEqual(other.TreeKey(row)) && Value(row).SequenceEqual(other.Value(row));
        return same;
    }

    /// <summary>Drops all rows but one.</summary>
    internal void KeepOnly(int row)
    {
        _rows[0] = _rows[row];
        _rows.RemoveRange(1, _rows.Count - 1);
    }

    /// <summary>Puts the rows in this order, and drops those that it does not name.</summary>
    internal void Arrange(ReadOnlySpan<int> order)
    {
        var arranged = new (int, int, int)[order.Length];
        for (var place = 0; place < order.Length; place++)
            arranged[place] = _rows[order[place]];
        _rows.Clear();
        _rows.AddRange(arranged);
    }

    internal Span<byte> Add(int keyBytes, int valueBytes)
    {
        var needed = (long)_used + keyBytes + valueBytes;
        if (needed > Array.MaxLength)
            throw new ValueTooLargeException($"The rows that are read together take more than {Array.MaxLength} bytes. Give each key fewer rows, or shorter ones.");
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, _bytes.Length * 2L), Array.MaxLength));
        _rows.Add((_used, keyBytes, valueBytes));
        var row = _bytes.AsSpan(_used, keyBytes + valueBytes);
        _used = (int)needed;
        return row;
    }

    /// <summary>Gives the value of the last row another length; the key stays.</summary>
    /// <returns>Key and value.</returns>
    internal Span<byte> ResizeLast(int valueBytes)
    {
        var (keyStart, keyBytes, _) = _rows[^1];
        _rows.RemoveAt(_rows.Count - 1);
        _used = keyStart;
        return Add(keyBytes, valueBytes);
    }

    private ReadOnlySpan<byte> TreeKey((int KeyStart, int KeyBytes, int ValueBytes) row) => _bytes.AsSpan(row.KeyStart, row.KeyBytes);

    private int CompareSequences((int KeyStart, int KeyBytes, int ValueBytes) left, (int KeyStart, int KeyBytes, int ValueBytes) right) =>
        BagKey.SequenceOf(TreeKey(left)).CompareTo(BagKey.SequenceOf(TreeKey(right)));
}
