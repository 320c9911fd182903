namespace EtsPersist.Mmf.Native.Tests.Interleavings;

/// <summary>Chooses what was chosen before.</summary>
internal sealed class ReplayedChoices(Schedule schedule) : IChoices
{
    private int _next;

    public bool AtEveryStep => true;

    public int Choose(Execution execution, ReadOnlySpan<Option> options)
    {
        if (_next == schedule.Events.Count || schedule.Events[_next].Step != execution.Steps)
            return 0;
        var chosen = options.IndexOf(schedule.Events[_next++].Option);
        Assert.True(chosen >= 0, $"The schedule does not fit: its choice before step {execution.Steps} cannot happen.");
        return chosen;
    }
}
