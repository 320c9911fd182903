namespace EtsPersist.Mmf.Chaos;

/// <summary>Reads throughout the run, over every kill, from a mapping of its own and without a manager.</summary>
/// <remarks>
/// Each round reads the position, one word's count and the position again. The position never goes back. The count is at least what the
/// first position has committed and at most what the second has.
/// </remarks>
internal sealed class TableReader : IDisposable
{
    private const int RoundsBetweenPauses = 64;
    private readonly EtsTable<string, long> _table;
    private readonly WatchedWords _watched;
    private readonly Tally _tally;
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);
    private readonly Thread _thread;
    private volatile bool _stop;
    private long _position;
    private long _reads;

    /// <summary>Starts to read.</summary>
    public TableReader(EtsTable<string, long> table, WatchedWords watched, Tally tally)
    {
        (_table, _watched, _tally) = (table, watched, tally);
        _thread = new Thread(Read) { IsBackground = true, Name = "reader" };
        _thread.Start();
    }

    /// <summary>How many values were read.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    private void Read()
    {
        for (var round = 0; !_stop; round++)
        {
            try
            {
                ReadOnce(_watched.Words.Count > 0 ? _watched.Words[round % _watched.Words.Count] : null);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                _tally.ReadError($"A read threw {error.GetType().Name}: {error.Message}");
            }

            // Leaves the processor to the workers now and then: the reader is a witness, not the load.
            if (round % RoundsBetweenPauses == 0) Thread.Sleep(1);
        }
    }

    private void ReadOnce(string? word)
    {
        var before = ReadPosition();
        if (word is null || _wrong.Contains(word)) return;
        var count = _table.TryGet(word, out var found) ? found : 0;
        var after = ReadPosition();
        Interlocked.Increment(ref _reads);
        if (count >= _watched.Of(word, before) && count <= _watched.Of(word, after)) return;
        _wrong.Add(word);
        _tally.TornCounts($"The reader found '{word}' {count} times between positions {before} and {after}.");
    }

    private long ReadPosition()
    {
        var position = _table.TryGet(CountingPosition.Key, out var found) ? found : 0;
        Interlocked.Increment(ref _reads);
        if (position < _position) _tally.ReadError($"The position went back from {_position} to {position}.");
        _position = position;
        return position;
    }
}
