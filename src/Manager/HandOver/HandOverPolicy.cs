namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The times of a hand-over. None of them decides that a process is dead.</summary>
internal sealed record HandOverPolicy
{
    public static HandOverPolicy Default { get; } = new();

    /// <summary>How long an offer stands before the next worker gets one. A stopped worker costs the others this much, once in a while.</summary>
    public TimeSpan OfferTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an heir that lives but is not connected is waited for: after a manager's death it needs a moment to come back.</summary>
    public TimeSpan HeirPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a dead owner's table whose lock the kernel has not yet dropped holds up the tables that were created after it.</summary>
    public TimeSpan OrderPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a user's rule that runs in this program may take.</summary>
    public TimeSpan RuleTimeLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When a rule that chose nobody is asked again although nothing has changed.</summary>
    public TimeSpan RulePause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan MaximumDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first and the longest pause between two questions to the kernel about a dead process whose lock is still held.</summary>
    public TimeSpan FirstLockPause { get; init; } = TimeSpan.FromMilliseconds(1);

    public TimeSpan MaximumLockPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The pause before a worker that let an offer pass is offered the table again.</summary>
    public TimeSpan DelayAfterFailure(int failures) => Grow(FirstDelay, failures - 1, MaximumDelay);

    /// <summary>The pause before the next offer of a table whose owners died on arrival, given how many more of them there were than may pass.</summary>
    public TimeSpan DelayAfterDeaths(double tooMany) => tooMany <= 0 ? TimeSpan.Zero : Grow(FirstDelay, tooMany - 1, MaximumDelay);

    public TimeSpan LockPause(int attempts) => Grow(FirstLockPause, attempts, MaximumLockPause);

    private static TimeSpan Grow(TimeSpan first, double doublings, TimeSpan most) =>
        TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, Math.Clamp(doublings, 0, 40)), most.Ticks));
}
