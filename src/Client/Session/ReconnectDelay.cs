namespace EtsPersist.Mmf.Session;

/// <summary>The pauses between attempts to reach a manager: short at first, since a standby takes over within milliseconds, then longer.</summary>
internal struct ReconnectDelay(TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(2);
    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        var now = _next < longest ? _next : longest;
        _next = TimeSpan.FromTicks(now.Ticks * 2);
        return now;
    }

    public void Reset() => _next = First;
}
