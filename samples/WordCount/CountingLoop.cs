using System.Runtime.CompilerServices;
using EtsPersist.Mmf;

namespace WordCount;

/// <summary>The work: read a piece, count its words, commit the counts and the position behind the piece in one batch.</summary>
/// <remarks>A batch is there whole or not at all, so whoever owns the table next goes on exactly where its counts end.</remarks>
public sealed class CountingLoop(TextFile text, int pieceSize, BatchJournal? journal)
{
    /// <summary>The row that holds the position, counted over all passes; it can be no word.</summary>
    public const string PositionKey = "#position";

    /// <summary>The row that says under which epoch of the table the work goes on; it can be no word.</summary>
    public const string EpochKey = "#epoch";

    private readonly WordCounter _counter = new();

    /// <summary>Has the work compiled while there is time: when the table comes, the first batch is to follow at once.</summary>
    public void Prepare()
    {
        foreach (var _ in CountPiece(0, out var _))
        {
        }
        RuntimeHelpers.PrepareMethod(typeof(CountingLoop).GetMethod(nameof(Run))!.MethodHandle);
    }

    /// <summary>Works until <paramref name="passes"/> passes are done, or until asked to stop.</summary>
    /// <returns>The position reached.</returns>
    public long Run(EtsTable<string, long> table, long passes, StopRequest stop)
    {
        var epoch = table.Transfer!.Epoch;
        var position = table.TryGet(PositionKey, out var stored) ? stored : 0;
        journal?.Owned(epoch, position);

        // Whoever looks sees who works here from now on, before any text is read.
        table.Insert(EpochKey, epoch);
        journal?.Acknowledged(epoch, 0, position);

        var batch = table.CreateBatch();
        for (var sequence = 1L; !stop.Now.IsCancellationRequested; sequence++)
        {
            var offset = position % text.Length;
            if (offset == 0 && (stop.AfterPass || position / text.Length >= passes)) break;

            var counts = CountPiece(offset, out var length);
            foreach (var (word, count) in counts) batch.UpdateCounter(word, count, 0);
            position += length;
            batch.Insert(PositionKey, position);

            journal?.Began(epoch, sequence, position);
            table.Commit(batch);
            journal?.Acknowledged(epoch, sequence, position);
            if (sequence == 1) Console.WriteLine($"Owns the table as of epoch {epoch}, with {table.Count} rows."); // the work comes before the word
            batch.Clear();
        }
        return position;
    }

    private Dictionary<string, long> CountPiece(long offset, out int length)
    {
        var piece = text.ReadPiece(offset, pieceSize);
        length = piece.Length;
        _counter.Clear();
        _counter.Count(piece);
        return _counter.Counts;
    }
}
