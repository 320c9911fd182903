namespace EtsPersist.Mmf.Soak;

/// <summary>The place of a reader or a recoverer, which leave numbers only.</summary>
internal sealed class ReserveSeat(Role role, WriterSurroundings surroundings, params string[] order) : Seat(role)
{
    /// <inheritdoc/>
    protected override ChildProcess? TryFind()
    {
        var process = surroundings.Reserve.TryTake();
        process?.Tell(string.Join('\t', order));
        return process;
    }

    /// <inheritdoc/>
    protected override void Leave(ChildProcess dead)
    {
        if (dead.LinesWritten > 1) surroundings.Findings.Note(dead.Describe());
    }
}
