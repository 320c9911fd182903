using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Hashing;

/// <summary>
/// The order of the rows of a hash table: by their position, which is the bit-reversed hash of the key, and then by the key. It is the same in every
/// process and stays the same while the table grows, so that one can go on from any key, whether it is there or not.
/// </summary>
internal static unsafe class HashOrder<TMemory> where TMemory : struct, ISharedMemory
{
    /// <summary>Fills the page with the row of the next key behind the bound. False: there is none.</summary>
    public static bool TryStep(TableSpace space, KeyBound after, ScanPage page)
    {
        var cursor = after.IsNone ? 0 : PositionOf(space, after.Key);
        bool more;
        do
        {
            more = HashScanner<TMemory>.Next(space, ref cursor, page);
            if (FindNearest(space, after, page) is var row and >= 0)
            {
                page.KeepOnly(row);
                return true;
            }
        }
        while (more);
        page.Clear();
        return false;
    }

    /// <summary>Fills the page with the next bucket's rows behind the bound, in order. The cursor begins at 0. False: these were the last.</summary>
    public static bool Next(TableSpace space, ref ulong cursor, KeyBound after, ScanPage page)
    {
        if (cursor == 0 && !after.IsNone)
            cursor = PositionOf(space, after.Key);
        var more = HashScanner<TMemory>.Next(space, ref cursor, page);
        Sort(space, after, page);
        return more;
    }

    private static ulong PositionOf(TableSpace space, ReadOnlySpan<byte> key) =>
        HashScanner<TMemory>.Reverse(KeyHash.Of(key, space.Header->HashSeed0, space.Header->HashSeed1));

    private static int FindNearest(TableSpace space, KeyBound after, ScanPage page)
    {
        var nearest = -1;
        var nearestPosition = 0UL;
        var start = after.IsNone ? 0 : PositionOf(space, after.Key);
        for (var row = 0; row < page.Count; row++)
        {
            var key = page.Key(row);
            var position = PositionOf(space, key);
            if (!after.IsNone && Compare(position, key, start, after.Key) <= 0)
                continue;
            if (nearest >= 0 && Compare(position, key, nearestPosition, page.Key(nearest)) >= 0)
                continue;
            nearest = row;
            nearestPosition = position;
        }
        return nearest;
    }

    private static void Sort(TableSpace space, KeyBound after, ScanPage page)
    {
        var start = after.IsNone ? 0 : PositionOf(space, after.Key);
        var rows = new List<(ulong Position, int Row)>(page.Count);
        for (var row = 0; row < page.Count; row++)
        {
            var position = PositionOf(space, page.Key(row));
            if (after.IsNone || Compare(position, page.Key(row), start, after.Key) > 0)
                rows.Add((position, row));
        }
        rows.Sort((left, right) => Compare(left.Position, page.Key(left.Row), right.Position, page.Key(right.Row)));
        page.Arrange([.. rows.Select(row => row.Row)]);
    }

    private static int Compare(ulong leftPosition, ReadOnlySpan<byte> left, ulong rightPosition, ReadOnlySpan<byte> right) =>
        leftPosition != rightPosition ? leftPosition.CompareTo(rightPosition) : left.SequenceCompareTo(right);
}
