using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WordCount;

/// <summary>Counts words. A word is a maximal run of ASCII letters and digits, case kept.</summary>
/// <remarks>Every other byte, part of valid UTF-8 or not, lies between words.</remarks>
public sealed class WordCounter
{
    /// <summary>Words up to this length are their own key; a longer one is named by its length and its SHA-256.</summary>
    public const int LongestPlainKey = 1_024;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The bytes that words consist of.</summary>
    internal static SearchValues<byte> WordBytes { get; } =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>How often each word came since the last <see cref="Clear"/>, by its key.</summary>
    public Dictionary<string, long> Counts => _counts;

    /// <summary>Adds the words of a piece of text that neither begins nor ends inside a word.</summary>
    public void Count(ReadOnlySpan<byte> piece)
    {
        for (var start = piece.IndexOfAny(WordBytes); start >= 0; start = piece.IndexOfAny(WordBytes))
        {
            piece = piece[start..];
            var length = piece.IndexOfAnyExcept(WordBytes);
            if (length < 0) length = piece.Length;
            var key = KeyOf(piece[..length]);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
            piece = piece[length..];
        }
    }

    /// <summary>Starts again from nothing.</summary>
    public void Clear() => _counts.Clear();

    /// <summary>The key under which the table counts a word.</summary>
    /// <remarks>
    /// A table limits the size of its keys, a text does not limit its words. No short word looks like the key of a long one, which has a '#'.
    /// </remarks>
    public static string KeyOf(ReadOnlySpan<byte> word) => word.Length <= LongestPlainKey
        ? Encoding.ASCII.GetString(word)
        : $"#{word.Length}:{Convert.ToHexStringLower(SHA256.HashData(word))}";
}
