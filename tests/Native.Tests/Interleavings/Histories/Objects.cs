using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Bags;
using EtsPersist.Mmf.Native.Engine.Space;

namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>The objects of a bag's key as one number, so that a history of bags is one of rows: each object is a digit, the oldest comes first.</summary>
internal static class Objects
{
    /// <summary>What a key has once a value is inserted: in a table of one row a key that value alone.</summary>
    public static long? Insert(TableKind kind, long? objects, long value) => kind switch
    {
        TableKind.Set or TableKind.OrderedSet => value,
        TableKind.Bag when Digits(objects).Contains(value) => objects,
        _ => ((objects ?? 0) * 10) + value,
    };

    /// <summary>What is left without the objects that equal a value, and how many these were.</summary>
    public static (long? Left, long Deleted) Without(long? objects, long value)
    {
        var left = Digits(objects).Where(digit => digit != value).ToList();
        return (Number(left), Digits(objects).Count() - left.Count);
    }

    /// <summary>The objects of a key in some rows of a page.</summary>
    public static long? Of(ScanPage page, int first, int end) =>
        Number([.. Enumerable.Range(first, end - first).Select(row => Values.Decode(page.Value(row)))]);

    /// <summary>All keys of a bag, by a scan, and how many others there are.</summary>
    public static Rows All(TableSpace space, Keys keys, out int fillers)
    {
        var rows = Rows.Empty;
        var page = new ScanPage();
        fillers = 0;
        for (var (cursor, more) = (0UL, true); more;)
        {
            more = BagScanner<SteppedMemory>.Next(space, ref cursor, page);
            for (var row = 0; row < page.Count; row++)
            {
                var letter = keys.LetterOf(page.Key(row));
                if (letter == '\0')
                    fillers++;
                else
                    rows = rows.With(letter, ((rows[letter] ?? 0) * 10) + Values.Decode(page.Value(row)));
            }
        }
        return rows;
    }

    private static IEnumerable<long> Digits(long? objects) => (objects?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "").Select(digit => (long)(digit - '0'));

    private static long? Number(List<long> digits) => digits.Count == 0 ? null : digits.Aggregate(0L, (number, digit) => (number * 10) + digit);
}
