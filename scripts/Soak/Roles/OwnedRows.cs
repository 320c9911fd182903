namespace EtsPersist.Mmf.Soak;

/// <summary>
/// The rows of the table that is handed over: operation n of all owners goes into row n modulo their number, so the highest number in the table
/// says what every row must hold.
/// </summary>
internal static class OwnedRows
{
    /// <summary>The table's name.</summary>
    public const string Table = "owned";

    /// <summary>The workers' role.</summary>
    public const string Role = "soak";

    private const int Count = 64;

    /// <summary>The row of an operation.</summary>
    public static string KeyOf(long number) => FormattableString.Invariant($"row {number % Count}");

    /// <summary>The value that an operation stores.</summary>
    public static byte[] ValueOf(uint epoch, long number)
    {
        var value = new byte[Stamp.LeastLong + (int)(number % 7 * 40)];
        Stamp.Write(value, epoch, number);
        return value;
    }

    /// <summary>The highest number in the table. Every row holds the last number that belongs into it.</summary>
    /// <exception cref="InvalidDataException">A row is torn, gone or old.</exception>
    public static long Read(IEnumerable<KeyValuePair<string, byte[]>> table)
    {
        var numbers = new Dictionary<string, long>();
        foreach (var (key, value) in table)
        {
            if (!Stamp.TryRead(value, out _, out var number) || KeyOf(number) != key || !numbers.TryAdd(key, number))
                throw new InvalidDataException($"Row '{key}' is torn, another's, or there twice: {Convert.ToHexString(value)}.");
        }
        var highest = numbers.Values.DefaultIfEmpty().Max();
        for (var number = Math.Max(1, highest - Count + 1); number <= highest; number++)
        {
            if (numbers.GetValueOrDefault(KeyOf(number)) != number)
                throw new InvalidDataException($"Row '{KeyOf(number)}' has {numbers.GetValueOrDefault(KeyOf(number))} where the last was {number} of {highest}.");
        }
        return highest;
    }
}
