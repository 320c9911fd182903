namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>How long the owner of a table may be silent: stopped, perhaps, or starved.</summary>
/// <param name="Limit">The time; zero for as long as it likes.</param>
/// <param name="Kills">Whether it is killed then, and its tables handed over once the kernel says that it is dead; else it is only reported.</param>
internal sealed record SilenceLimit(TimeSpan Limit, bool Kills)
{
    private const int HeartbeatsInLimit = 4;

    public static readonly TimeSpan LeastLimit = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan MostLimit = TimeSpan.FromHours(1);

    public static SilenceLimit None { get; } = new(TimeSpan.Zero, Kills: false);

    /// <summary>How often workers say something: often enough that two of three may come late.</summary>
    public TimeSpan HeartbeatPause => Limit / HeartbeatsInLimit;

    /// <summary>
    /// Whether somebody has been silent for too long. Each goes by the pause that it was told when it connected, and the limit may have been set or lowered since: who was
    /// told none says nothing while it has nothing to say.
    /// </summary>
    public bool IsExceededBy(TimeSpan silence, TimeSpan heartbeatPause) =>
        heartbeatPause > TimeSpan.Zero && silence >= Limit && silence >= heartbeatPause * HeartbeatsInLimit;
}
