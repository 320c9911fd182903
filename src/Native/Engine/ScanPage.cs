namespace EtsPersist.Mmf.Native.Engine;

/// <summary>Rows copied out of a table, a bucket's or some leaves' at a time. Reused from page to page; not thread-safe.</summary>
public sealed class ScanPage
{
    private const int LargePage = 64 << 10;

    private readonly List<(int KeyStart, int KeyBytes, int ValueBytes)> _rows = [];
    private byte[] _bytes = new byte[512];
    private int _used;

    /// <summary>How many rows the page has.</summary>
    public int Count => _rows.Count;

    /// <summary>The encoded key of a row; valid until the page is filled again.</summary>
    public ReadOnlySpan<byte> Key(int row) => _bytes.AsSpan(_rows[row].KeyStart, _rows[row].KeyBytes);

    /// <summary>The encoded value of a row; valid until the page is filled again.</summary>
    public ReadOnlySpan<byte> Value(int row) => _bytes.AsSpan(_rows[row].KeyStart + _rows[row].KeyBytes, _rows[row].ValueBytes);

    /// <summary>Whether the page has so many bytes that it should be read before more are added.</summary>
    internal bool IsLarge => _used >= LargePage;

    /// <summary>The page as it is now, to come back to.</summary>
    internal (int Rows, int Used) Mark => (_rows.Count, _used);

    internal void Rewind((int Rows, int Used) mark)
    {
        _rows.RemoveRange(mark.Rows, _rows.Count - mark.Rows);
        _used = mark.Used;
    }

    internal void Clear()
    {
        _rows.Clear();
        _used = 0;
    }

    internal Span<byte> Add(int keyBytes, int valueBytes)
    {
        var needed = _used + keyBytes + valueBytes;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        _rows.Add((_used, keyBytes, valueBytes));
        var row = _bytes.AsSpan(_used, keyBytes + valueBytes);
        _used = needed;
        return row;
    }
}
