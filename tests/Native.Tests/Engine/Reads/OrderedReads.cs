using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Ranges of an ordered table as lists.</summary>
internal static class OrderedReads
{
    public static List<string> Range(
        this TableFile table, (byte[] Key, bool IsInclusive)? low = null, (byte[] Key, bool IsInclusive)? high = null, bool backward = false)
    {
        var rows = new List<string>();
        var page = new ScanPage();
        var cursor = default(RangeCursor);
        bool more;
        do
        {
            more = table.ScanRange(ref cursor, Bound(low), Bound(high), backward, page);
            for (var row = 0; row < page.Count; row++)
                rows.Add(OrderedModel.Show(page.Key(row), page.Value(row)));
        }
        while (more);
        return rows;
    }

    private static KeyBound Bound((byte[] Key, bool IsInclusive)? end) => end is not { } bound ? KeyBound.None
        : bound.IsInclusive ? KeyBound.Inclusive(bound.Key)
        : KeyBound.Exclusive(bound.Key);
}
