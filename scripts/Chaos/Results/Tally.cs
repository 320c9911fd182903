namespace EtsPersist.Mmf.Chaos;

/// <summary>What went wrong so far, counted, with the first messages. Any thread may add.</summary>
internal sealed class Tally
{
    private const int MessagesKept = 20;
    private readonly Lock _gate = new();
    private readonly List<string> _messages = [];
    private long _readErrors;
    private long _writeErrors;
    private long _torn;

    /// <summary>Reads that threw or contradicted an earlier read.</summary>
    public long ReadErrors => Interlocked.Read(ref _readErrors);

    /// <summary>Workers and managers that failed.</summary>
    public long WriteErrors => Interlocked.Read(ref _writeErrors);

    /// <summary>Times that counts and position were seen to disagree.</summary>
    public long Torn => Interlocked.Read(ref _torn);

    /// <summary>What the first findings were.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_gate) return [.. _messages];
        }
    }

    /// <summary>A read failed.</summary>
    public void ReadError(string message) => Add(ref _readErrors, message);

    /// <summary>A worker or a manager failed.</summary>
    public void WriteError(string message) => Add(ref _writeErrors, message);

    /// <summary>Counts and position disagree.</summary>
    public void TornCounts(string message) => Add(ref _torn, message);

    /// <summary>Something else that the reader of the result has to know.</summary>
    public void Note(string message)
    {
        lock (_gate)
        {
            if (_messages.Count < MessagesKept) _messages.Add(message);
        }
    }

    private void Add(ref long counter, string message)
    {
        Interlocked.Increment(ref counter);
        Note(message);
    }
}
