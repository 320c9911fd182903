namespace EtsPersist.Mmf.Native.Tests.Crash;

/// <summary>Counts stores and kills before the one with this number; never, if the number is not reached.</summary>
internal sealed class CrashPoint(int killBefore)
{
    public int Stores { get; private set; }

    public bool Killed { get; private set; }

    /// <summary>Runs something on this thread, of which a kill leaves only so many stores.</summary>
    public static CrashPoint Run(int killBefore, Action operation)
    {
        var point = new CrashPoint(killBefore);
        using (TracedMemory.Watch(point))
        {
            try
            {
                operation();
                TracedMemory.EndOperation();
            }
            catch (KilledException)
            {
                // As intended.
            }
        }
        return point;
    }

    public void BeforeStore()
    {
        if (Killed || Stores == killBefore)
        {
            Killed = true; // the dead store nothing more, whatever handlers run on the way out
            throw new KilledException();
        }
        Stores++;
    }
}
