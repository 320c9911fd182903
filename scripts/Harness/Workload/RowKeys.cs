using System.Buffers.Binary;
using System.Text;

namespace EtsPersist.Mmf.Harness.Workload;

/// <summary>
/// The keys of a domain, which belongs to one writer at a time: <c>domain/s/n</c> is always there, <c>domain/r/n</c> comes and goes,
/// <c>domain/n/n</c> is new, <c>domain/c/n</c> is a counter. The keys of a domain whose name begins with <c>#</c> have 8 bytes
/// {sort | 128, domain's hash 2, number 5} and its values 8 bytes, for tables whose rows lie in the buckets.
/// </summary>
internal sealed class RowKeys(string domain, int rows)
{
    private const byte CompactMark = 0x80;
    private const int NumberBits = 40;
    private const ulong NumberMask = (1UL << NumberBits) - 1;
    private const string LongEnd = "-a-longer-key-than-the-others-have-it";

    public byte[][] Stable { get; } = All(domain, 's', Math.Max(1, rows / 4));

    public byte[][] Changing { get; } = All(domain, 'r', rows);

    public byte[][] Counters { get; } = All(domain, 'c', Math.Max(1, rows / 16));

    /// <summary>The domain whose rows all writers of a table share.</summary>
    public static string SharedDomain(bool isCompact) => isCompact ? "#shared" : "shared";

    /// <summary>Whether the rows of a domain have keys and values of 8 bytes.</summary>
    public static bool IsCompact(string domain) => domain.StartsWith('#');

    /// <summary>The key of a row that only this operation inserts.</summary>
    public byte[] New(uint writer, long sequence) => Of(domain, 'n', ((long)writer << 24) | sequence);

    public static byte[] Of(string domain, char sort, long number)
    {
        if (!IsCompact(domain))
            return Encoding.ASCII.GetBytes(FormattableString.Invariant($"{domain}/{sort}/{number}{(number % 7 == 3 ? LongEnd : "")}"));
        var key = new byte[sizeof(ulong)];
        var mark = (ulong)(sort | CompactMark) << 56;
        BinaryPrimitives.WriteUInt64BigEndian(key, mark | ((ulong)HashOf(domain) << NumberBits) | (ulong)number);
        return key;
    }

    /// <summary>The key as a string that leads back to it.</summary>
    public static string Text(ReadOnlySpan<byte> key) => Encoding.Latin1.GetString(key);

    /// <summary>The key that <see cref="Text"/> made a string.</summary>
    public static byte[] Key(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The key as a person can read it.</summary>
    public static string Describe(ReadOnlySpan<byte> key) => IsCompact(key)
        ? FormattableString.Invariant($"#{HashIn(key):x4}/{SortOf(key)}/{BinaryPrimitives.ReadUInt64BigEndian(key) & NumberMask}")
        : Text(key);

    /// <summary>Whether the key's row is a counter, whose value is a bare number.</summary>
    public static bool IsCounter(ReadOnlySpan<byte> key) => SortOf(key) == 'c';

    /// <summary>Whether the key's row is never deleted.</summary>
    public static bool IsStable(ReadOnlySpan<byte> key) => SortOf(key) == 's';

    /// <summary>Whether the key's row was inserted by one operation that is not repeated.</summary>
    public static bool IsNew(ReadOnlySpan<byte> key) => SortOf(key) == 'n';

    /// <summary>Whether the key belongs to a domain.</summary>
    public static bool IsIn(string domain, ReadOnlySpan<byte> key)
    {
        if (IsCompact(domain))
            return IsCompact(key) && HashIn(key) == HashOf(domain);
        var slash = key.IndexOf((byte)'/');
        return slash == domain.Length && Text(key[..slash]) == domain;
    }

    private static bool IsCompact(ReadOnlySpan<byte> key) => key.Length == sizeof(ulong) && (key[0] & CompactMark) != 0;

    private static char SortOf(ReadOnlySpan<byte> key) =>
        IsCompact(key) ? (char)(key[0] & ~CompactMark) : (char)key[key.IndexOf((byte)'/') + 1];

    private static ushort HashIn(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt16BigEndian(key[1..]);

    private static ushort HashOf(string domain) => (ushort)domain.Aggregate(17UL, (hash, letter) => Randomness.Mix(hash ^ letter));

    private static byte[][] All(string domain, char sort, int count) =>
        [.. Enumerable.Range(0, count).Select(number => Of(domain, sort, number))];
}
