using WordCount;

namespace EtsPersist.Mmf.Chaos;

/// <summary>What the counts must be at a position: whole passes, and the words before the position in the pass under way.</summary>
/// <param name="text">The text.</param>
/// <param name="whole">The counts of one pass.</param>
internal sealed class ExpectedCounts(TextFile text, IReadOnlyDictionary<string, long> whole)
{
    private const int PieceSize = 64 * 1024;
    private readonly WordCounter _prefix = new();
    private long _passes;
    private long _offset;

    /// <summary>The words of the text.</summary>
    public IEnumerable<string> Words => whole.Keys;

    /// <summary>Moves to a position, which lies between two words.</summary>
    public void MoveTo(long position)
    {
        var passes = position / text.Length;
        var offset = position % text.Length;
        if (passes != _passes || offset < _offset)
        {
            _prefix.Clear();
            _offset = 0;
        }
        _passes = passes;
        while (_offset < offset)
        {
            var piece = text.ReadPiece(_offset, (int)Math.Min(PieceSize, offset - _offset));
            _prefix.Count(piece);
            _offset += piece.Length;
        }
    }

    /// <summary>The count of a word at the position.</summary>
    public long Of(string word) => (_passes * whole.GetValueOrDefault(word)) + _prefix.Counts.GetValueOrDefault(word);
}
