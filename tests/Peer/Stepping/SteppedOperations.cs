using System.Globalization;
using System.Text;

namespace EtsPersist.Mmf.Peer.Stepping;

/// <summary>All operations that are stepped through, by name.</summary>
internal static class SteppedOperations
{
    public const string Recovery = "recover";
    public const string PlayBack = "play back";

    private static readonly RowOperations<long, long> Entries = new("of entries", number => number, number => number * 1_000_003L);
    private static readonly RowOperations<string, byte[]> Records = new("of records", KeyOf, ValueOf);
    private static readonly RowOperations<string, long> Numbers = new("in a record", KeyOf, number => number);

    /// <summary>Those that need nothing of the test.</summary>
    public static IReadOnlyList<SteppedOperation> Alone { get; } =
    [
        .. Entries.Storing(), Entries.Counting(), Entries.Binding(),
        .. Records.Storing(), Numbers.Counting(), Records.Binding(),
        .. BagOperations.All,
        .. TableOperations.All,
    ];

    /// <summary>Those that begin with a table that the test has left for them.</summary>
    private static readonly SteppedOperation[] OfTheTest =
    [
        new(Recovery, TableOperations.Recover) { IsVisible = false },
        new(PlayBack, PlayedBackStores.Prepare),
    ];

    public static SteppedOperation Named(string name) =>
        Alone.Concat(OfTheTest).SingleOrDefault(operation => operation.Name == name)
        ?? throw new ArgumentException($"There is no operation '{name}'.");

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"the key of row {number}");

    /// <summary>Bytes that do not change in place: more than 8, of several lengths.</summary>
    private static byte[] ValueOf(int number) => Encoding.ASCII.GetBytes(new string((char)('a' + (number % 26)), 9 + (number % 90)));
}
