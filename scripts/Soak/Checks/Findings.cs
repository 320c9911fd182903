using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Soak;

/// <summary>What was done and what was found wrong so far, with the first messages.</summary>
internal sealed class Findings
{
    private const int MessagesKept = 20;
    private readonly List<string> _messages = [];

    /// <summary>Operations acknowledged on public tables.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Kills that found their operation done and not acknowledged: proof that they came in the middle.</summary>
    public long DoneNotAcknowledged { get; set; }

    /// <summary>Rows that are not, or no longer, as acknowledged.</summary>
    public long LostRows { get; private set; }

    /// <summary>Values mixed of several, parts of operations, rows of nobody.</summary>
    public long TornRows { get; private set; }

    /// <summary>Bytes of the files that nothing names.</summary>
    public long LeakedBytes { get; private set; }

    /// <summary>Everything else that went wrong.</summary>
    public long Errors { get; private set; }

    /// <summary>What the first findings were.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Operations were acknowledged.</summary>
    public void Acknowledge(long operations) => Acknowledged += operations;

    /// <summary>What was acknowledged is not there.</summary>
    public void Lost(string message, long count = 1)
    {
        LostRows += count;
        Note(message);
    }

    /// <summary>Something is there that nobody wrote as a whole.</summary>
    public void Torn(string message, long count = 1)
    {
        TornRows += count;
        Note(message);
    }

    /// <summary>Something else went wrong.</summary>
    public void Error(string message)
    {
        Errors++;
        Note(message);
    }

    /// <summary>Takes in the accounting of a file. A leak is a problem and a sum; any other problem is an error.</summary>
    public void Verified(string path, VerifyReport report)
    {
        LeakedBytes += report.LeakedBytes;
        if (report.IsSound) return;
        if (report.LeakedBytes == 0) Errors++;
        Note($"{path}: {report}");
    }

    /// <summary>Compares a row with what it must hold; whether it is wrong.</summary>
    public bool Compare(string key, RowState? expected, RowState? found)
    {
        if (expected == found) return false;
        var what = $"{RowKeys.Describe(RowKeys.Key(key))} is {TableModel.Describe(found)} where {TableModel.Describe(expected)} is right.";
        if (IsOlder(expected, found)) Lost(what);
        else Torn(what);
        return true;
    }

    /// <summary>Something that the reader of the result has to know.</summary>
    public void Note(string message)
    {
        if (_messages.Count < MessagesKept) _messages.Add(message);
    }

    private static bool IsOlder(RowState? expected, RowState? found) => (expected, found) switch
    {
        (not null, null) => true,
        (null, { } row) => !row.IsTorn,
        ({ } right, { } row) => !row.IsTorn && (row.Writer, row.Number).CompareTo((right.Writer, right.Number)) < 0,
        _ => false,
    };
}
