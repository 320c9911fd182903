using System.Diagnostics;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Writers;

/// <summary>
/// How a writer waits for another: round by round, asking the kernel now and then whether the holder lives, until its time limit.
/// Time decides only when to stop waiting, never that somebody is dead.
/// </summary>
internal struct Patience
{
    private int _rounds;
    private long _since;
    private int _journal;
    private SlotWord _free;

    /// <summary>Waits one round. True: it is time to ask whether the holder lives.</summary>
    public bool Wait<TMemory>() where TMemory : struct, ISharedMemory
    {
        if (_rounds == 0)
            _since = Stopwatch.GetTimestamp();
        return TMemory.Pause(++_rounds);
    }

    /// <summary>
    /// Remembers that the slot of a journal is free. True if it was so before the lock was last read, and has not been taken since: its incarnation
    /// would have moved. So nobody holds the lock that names the journal, and nobody will let it go.
    /// </summary>
    public bool HasSeenFree(int journal, SlotWord free)
    {
        var before = (_journal, _free.Bits);
        (_journal, _free) = (journal, free);
        return before == (journal, free.Bits);
    }

    public readonly TimeSpan Waited => _rounds == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_since);
}
