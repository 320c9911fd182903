namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The times of a hand-over. None of them decides that a process is dead.</summary>
internal sealed record HandOverPolicy
{
    public static HandOverPolicy Default { get; } = new();

    /// <summary>How long an offer stands before the next worker gets one. A stopped worker costs the others this much, once in a while.</summary>
    public TimeSpan OfferTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An owner that dies sooner than this after accepting died on arrival: perhaps of what is in the table.</summary>
    public TimeSpan ArrivalWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many deaths on arrival pass without a pause.</summary>
    public double ArrivalBurst { get; init; } = 10;

    /// <summary>How many deaths on arrival a second are forgotten: about the rate of hand-overs that a table keeps up whose owners keep dying.</summary>
    public double ArrivalsForgottenPerSecond { get; init; } = 10;

    /// <summary>How many deaths on arrival in a row put the table into quarantine: about half a minute of them.</summary>
    public int QuarantineAfter { get; init; } = 250;

    /// <summary>How long a quarantine lasts if nobody ends it.</summary>
    public TimeSpan QuarantineTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an heir that lives but is not connected is waited for: after a manager's death it needs a moment to come back.</summary>
    public TimeSpan HeirPatience { get; init; } = TimeSpan.FromSeconds(2);

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

    /// <summary>The pause before the next offer of a table, given its score of deaths on arrival.</summary>
    public TimeSpan DelayAfterDeaths(double score) =>
        score <= ArrivalBurst ? TimeSpan.Zero : Grow(FirstDelay, score - ArrivalBurst - 1, MaximumDelay);

    public TimeSpan LockPause(int attempts) => Grow(FirstLockPause, attempts, MaximumLockPause);

    private static TimeSpan Grow(TimeSpan first, double doublings, TimeSpan most) =>
        TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, Math.Clamp(doublings, 0, 40)), most.Ticks));
}
