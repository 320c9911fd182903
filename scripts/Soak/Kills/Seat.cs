namespace EtsPersist.Mmf.Soak;

/// <summary>A place in a run that one process after the other fills until it is killed.</summary>
internal abstract class Seat(Role role, int crew) : IDisposable
{
    /// <summary>What the process in it does.</summary>
    public Role Role => role;

    /// <summary>With whom it works.</summary>
    public int Crew => crew;

    /// <summary>The process, or null after a death.</summary>
    public ChildProcess? Occupant { get; private set; }

    /// <summary>Whether a process is in it and has nothing left to prepare.</summary>
    public virtual bool IsReady => Occupant is not null;

    /// <summary>How much its process has done, where that is counted.</summary>
    public virtual long? Progress => null;

    /// <summary>Puts the next process into it, if one is ready.</summary>
    public void TryFill()
    {
        if (Occupant is null) Occupant = TryFind();
    }

    /// <summary>Lets go of a process that is gone, and looks at what it left.</summary>
    public void Vacate()
    {
        var dead = Occupant!;
        dead.Drain();
        Leave(dead);
        dead.Dispose();
        Occupant = null;
    }

    /// <summary>Tells the process that its shift begins.</summary>
    public virtual void BeginShift() => Occupant?.Tell("work");

    /// <summary>Whether the process is in the middle of an operation, as far as the files show that.</summary>
    public virtual bool IsAtWork => true;

    /// <summary>What the process was doing that has just been struck.</summary>
    public abstract KillMoment MomentOf(ChildProcess struck);

    /// <summary>Kills the process if there is one.</summary>
    public virtual void Dispose() => Occupant?.Dispose();

    /// <summary>A process for this place, told what to do; null while there is none.</summary>
    protected abstract ChildProcess? TryFind();

    /// <summary>Looks at what a dead process left, before the next one comes.</summary>
    protected abstract void Leave(ChildProcess dead);
}
