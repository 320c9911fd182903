namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    /// <summary>
    /// How many reads through this object found a bucket in a state that could not be read and that nobody was changing: reads that waited for
    /// a holder, alive or dead. No writer leaves such a state, wherever it is stopped or killed, so this is 0 for the table's whole life.
    /// </summary>
    /// <remarks>Threads: any. Blocking, allocation: none. Errors: none, also after <see cref="Dispose"/>.</remarks>
    public long ReaderWaits => _space.ReaderWaits;

    /// <summary>
    /// How long a write through this object has waited at most for a holder that died: from meeting its lock, while it lived or was dying, until
    /// the kernel said so and its journals were settled. Zero as long as that has not happened.
    /// </summary>
    /// <remarks>Threads: any. Blocking, allocation: none. Errors: none, also after <see cref="Dispose"/>.</remarks>
    public TimeSpan LongestWaitForDead => _context.LongestWaitForDead;
}
