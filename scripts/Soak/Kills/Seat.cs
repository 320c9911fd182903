namespace EtsPersist.Mmf.Soak;

/// <summary>A place in a run that one process after the other fills until it is killed.</summary>
internal abstract class Seat(Role role) : IDisposable
{
    /// <summary>What the process in it does.</summary>
    public Role Role => role;

    /// <summary>The process, or null after a death.</summary>
    public ChildProcess? Occupant { get; private set; }

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

    /// <summary>Kills the process if there is one.</summary>
    public void Dispose() => Occupant?.Dispose();

    /// <summary>A process for this place, told what to do; null while there is none.</summary>
    protected abstract ChildProcess? TryFind();

    /// <summary>Looks at what a dead process left, before the next one comes.</summary>
    protected abstract void Leave(ChildProcess dead);
}
