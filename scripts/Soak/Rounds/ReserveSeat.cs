namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a process of the reserve that leaves numbers only.</summary>
internal abstract class ReserveSeat(Role role, int crew, WriterSurroundings surroundings, string word, params string[] order) : Seat(role, crew)
{
    /// <summary>The run.</summary>
    protected WriterSurroundings Surroundings => surroundings;

    /// <inheritdoc/>
    protected override ChildProcess? TryFind()
    {
        var process = surroundings.Reserve.TryTake();
        process?.Employ(word, Crew, order);
        return process;
    }

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead)
    {
        if (dead.LinesWritten > 1) surroundings.Findings.Note(dead.Describe());
    }
}
