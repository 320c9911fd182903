namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>
/// What is done where owners die as soon as they have got a table, perhaps of what is in it: the first such deaths cost nothing, then offers are spaced
/// out, and after many in a row the table is in quarantine. So is, for one table, a living worker that never takes it.
/// </summary>
internal sealed record ArrivalLimits
{
    public static readonly TimeSpan LeastWindow = TimeSpan.FromMilliseconds(1);
    public static readonly TimeSpan MostWindow = TimeSpan.FromHours(1);
    public static readonly TimeSpan LeastQuarantineTime = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MostQuarantineTime = TimeSpan.FromDays(30);
    public const int MostBurst = 10_000;
    public const int MostPerSecond = 10_000;
    public const int MostQuarantineAfter = 1_000_000;

    public static ArrivalLimits Default { get; } = new();

    /// <summary>An owner that dies sooner than this after accepting died on arrival: 1 ms to 1 h.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many deaths on arrival pass without a pause: 0 to 10,000.</summary>
    public int Burst { get; init; } = 10;

    /// <summary>How many of them a second are forgotten, 1 to 10,000: about the rate of hand-overs that a table keeps up whose owners keep dying.</summary>
    public int PerSecond { get; init; } = 10;

    /// <summary>How many of them in a row put the table into quarantine, 1 to 1,000,000: by default about half a minute of them.</summary>
    public int QuarantineAfter { get; init; } = 250;

    /// <summary>How many offers in a row a living worker may let pass or decline before it is in quarantine for the table, 1 to 1,000,000.</summary>
    public int WorkerQuarantineAfter { get; init; } = 25;

    /// <summary>How long a quarantine lasts if nobody ends it: 1 s to 30 days.</summary>
    public TimeSpan QuarantineTime { get; init; } = TimeSpan.FromMinutes(5);
}
