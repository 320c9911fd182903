using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Some words with all their places in the text, so that their counts at any position are known at once.</summary>
internal sealed class WatchedWords
{
    private const int Watched = 64;
    private const int MostPlaces = 100_000;
    private readonly Dictionary<string, List<long>> _places = new(StringComparer.Ordinal);
    private readonly long _length;

    /// <summary>Chooses words by chance, frequent ones as likely as rare ones, and finds their places.</summary>
    public WatchedWords(TextFile text, IReadOnlyDictionary<string, long> whole, Random random)
    {
        _length = text.Length;
        var rareEnough = whole.Where(word => word.Value <= MostPlaces && word.Key[0] != '#');
        var candidates = rareEnough.Select(word => word.Key).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(candidates);
        foreach (var word in candidates.Take(Watched)) _places.Add(word, []);
        for (var offset = 0L; offset < text.Length;)
        {
            var piece = text.ReadPiece(offset, 64 * 1024);
            Scan(piece, offset);
            offset += piece.Length;
        }
        Words = [.. _places.Keys];
    }

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How often a word comes before a position.</summary>
    public long Of(string word, long position)
    {
        var places = _places[word];
        var before = places.BinarySearch(position % _length);
        return ((position / _length) * places.Count) + (before < 0 ? ~before : before);
    }

    private void Scan(ReadOnlySpan<byte> piece, long offset)
    {
        var start = -1;
        for (var index = 0; index <= piece.Length; index++)
        {
            if (index < piece.Length && char.IsAsciiLetterOrDigit((char)piece[index]))
            {
                if (start < 0) start = index;
            }
            else if (start >= 0)
            {
                if (_places.TryGetValue(WordCounter.KeyOf(piece[start..index]), out var places)) places.Add(offset + start);
                start = -1;
            }
        }
    }
}
