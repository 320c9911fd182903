using System.Text;

namespace EtsPersist.Mmf.Peer.Workload;

/// <summary>
/// The keys of a domain, which belongs to one writer at a time: <c>domain/s/n</c> is always there, <c>domain/r/n</c> comes and goes,
/// <c>domain/n/n</c> is new, <c>domain/c/n</c> is a counter.
/// </summary>
internal sealed class RowKeys(string domain, int rows)
{
    /// <summary>The domain whose rows all writers share.</summary>
    public const string SharedDomain = "shared";

    public byte[][] Stable { get; } = All(domain, 's', Math.Max(1, rows / 4));

    public byte[][] Changing { get; } = All(domain, 'r', rows);

    public byte[][] Counters { get; } = All(domain, 'c', Math.Max(1, rows / 16));

    /// <summary>The key of a row that only this operation inserts.</summary>
    public byte[] New(uint writer, long sequence) => Of(domain, 'n', ((long)writer << 32) | sequence);

    public static byte[] Of(string domain, char sort, long number) =>
        Encoding.ASCII.GetBytes(FormattableString.Invariant($"{domain}/{sort}/{number}{(number % 7 == 3 ? "-a-longer-key-than-the-others-have-it" : "")}"));

    public static string Text(ReadOnlySpan<byte> key) => Encoding.Latin1.GetString(key);

    /// <summary>Whether the key's row is a counter, whose value is a bare number.</summary>
    public static bool IsCounter(ReadOnlySpan<byte> key) => SortOf(key) == 'c';

    /// <summary>Whether the key's row is never deleted.</summary>
    public static bool IsStable(ReadOnlySpan<byte> key) => SortOf(key) == 's';

    /// <summary>Whether the key belongs to a domain.</summary>
    public static bool IsIn(string domain, ReadOnlySpan<byte> key)
    {
        var slash = key.IndexOf((byte)'/');
        return slash == domain.Length && Text(key[..slash]) == domain;
    }

    private static char SortOf(ReadOnlySpan<byte> key) => (char)key[key.IndexOf((byte)'/') + 1];

    private static byte[][] All(string domain, char sort, int count) => [.. Enumerable.Range(0, count).Select(number => Of(domain, sort, number))];
}
