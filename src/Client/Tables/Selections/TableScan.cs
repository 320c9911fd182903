using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>Goes through the rows of a range of keys, a page at a time. Rows that are there throughout are seen exactly once. Not thread-safe.</summary>
internal sealed class TableScan
{
    private readonly TableFile _file;
    private readonly KeyRange _range;
    private readonly bool _isBackward;
    private readonly bool _isInOrder;
    private byte[]? _after;
    private ulong _cursor;
    private RangeCursor _rangeCursor;
    private bool _isDone;

    /// <summary>A scan in whatever order is quickest; an ordered table's is that of its keys, or against it.</summary>
    public TableScan(TableFile file, KeyRange range, bool backward = false)
    {
        _file = file;
        _range = range;
        _isBackward = backward;
        _isDone = file.IsOrdered && range.IsEmpty;
        if (_isDone)
            file.RequireReader();
    }

    /// <summary>A scan in the table's order, which goes on behind a key, or begins where it is null.</summary>
    public TableScan(TableFile file, KeyRange range, bool backward, byte[]? after)
        : this(file, after is null || !file.IsOrdered ? range : range.Intersect(backward ? KeyRange.To(after, false) : KeyRange.From(after, false)), backward)
    {
        _isInOrder = true;
        _after = after;
    }

    /// <summary>The rows of the last step.</summary>
    public ScanPage Page { get; } = new();

    /// <summary>Fills the page, which may stay empty before the end. False: there are no more rows.</summary>
    public bool MoveNext()
    {
        if (_isDone)
            return false;
        _isDone = _file.IsOrdered ? !_file.ScanRange(ref _rangeCursor, _range.Low, _range.High, _isBackward, Page)
            : _range.IsPoint ? !LookUp()
            : !_isInOrder ? !_file.Scan(ref _cursor, Page)
            : _file.Kind == TableKind.Set ? !_file.ScanAfter(ref _cursor, _after is null ? KeyBound.None : KeyBound.Exclusive(_after), Page)
            : !StepToNextKey();
        return true;
    }

    /// <summary>The one key of a table whose keys have no order. False: there is nothing behind it.</summary>
    private bool LookUp()
    {
        _file.Lookup(_range.Low.Key, Page);
        return false;
    }

    private bool StepToNextKey()
    {
        var isFound = _after is null ? _file.TryFirst(Page) : _file.TryNext(_after, Page);
        if (isFound)
            _after = Page.Key(0).ToArray();
        return isFound;
    }
}
