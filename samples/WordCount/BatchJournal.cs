using System.Diagnostics;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace WordCount;

/// <summary>What a worker did, batch by batch, in a file outside the table: the witness for runs in which workers are killed.</summary>
/// <remarks>
/// One line an entry, <c>KIND EPOCH PID SEQUENCE POSITION MONOTONIC_NANOSECONDS</c>, by one write: a kill leaves at most the last line
/// torn. The file belongs to one process. Its entries outlive the process, not the machine.
/// </remarks>
public sealed class BatchJournal : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _line = new byte[160];
    private long _end;

    /// <summary>Creates the file, or empties it.</summary>
    public BatchJournal(string path) => _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);

    /// <summary>The worker is registered and waits for the table.</summary>
    public void Waiting() => Write("waiting", 0, 0, 0);

    /// <summary>The table arrived; it says that the work was done up to the position.</summary>
    public void Owned(uint epoch, long position) => Write("owned", epoch, 0, position);

    /// <summary>A batch that leads to the position is about to be committed.</summary>
    public void Began(uint epoch, long sequence, long position) => Write("began", epoch, sequence, position);

    /// <summary>The commit returned; of the row that is written on arrival, as number 0, it says that the work is done up to the position still.</summary>
    public void Acknowledged(uint epoch, long sequence, long position) => Write("acknowledged", epoch, sequence, position);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(string kind, uint epoch, long sequence, long position)
    {
        var nanoseconds = (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
        Utf8.TryWrite(_line, $"{kind} {epoch} {Environment.ProcessId} {sequence} {position} {nanoseconds}\n", out var length);
        RandomAccess.Write(_file, _line.AsSpan(0, length), _end);
        _end += length;
    }
}
