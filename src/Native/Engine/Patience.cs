using System.Diagnostics;

namespace EtsPersist.Mmf.Native.Engine;

/// <summary>
/// How a writer waits for another: it spins, then asks the kernel whether the holder lives, then yields, and gives up after its time limit.
/// Time decides only when to stop waiting, never that somebody is dead.
/// </summary>
internal struct Patience
{
    private const int SpinsBeforeAsking = 64;
    private const int RoundsBeforeSleeping = 256;

    private int _rounds;
    private long _since;

    /// <summary>Waits one round. True: it is time to ask whether the holder lives.</summary>
    public bool Wait()
    {
        if (_rounds == 0)
            _since = Stopwatch.GetTimestamp();
        _rounds++;
        if (_rounds <= SpinsBeforeAsking)
        {
            Thread.SpinWait(8);
            return _rounds == SpinsBeforeAsking;
        }
        if (_rounds <= RoundsBeforeSleeping)
            Thread.Yield();
        else
            Thread.Sleep(_rounds > 2 * RoundsBeforeSleeping ? 1 : 0);
        return true;
    }

    public readonly TimeSpan Waited => _rounds == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_since);
}
