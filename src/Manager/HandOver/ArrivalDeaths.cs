using EtsPersist.Mmf.Manager.Configuration;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>
/// Slows down a table whose owners die as soon as they get it: a score that grows by one with each such death and leaks with time. Kills at
/// random moments do not reach it; a worker that cannot bear the table's rows does.
/// </summary>
internal sealed class ArrivalDeaths(HandOverPolicy policy)
{
    private double _score;
    private TimeSpan _asOf;

    /// <summary>When the table may be offered again.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>How many owners have died on arrival since the last one that did not, or left the table after it had worked for some time.</summary>
    public int InARow { get; private set; }

    /// <summary>Notes the death of an owner; true if it is one that delays the table.</summary>
    public bool Note(TimeSpan acceptedAt, TimeSpan now, ArrivalLimits limits)
    {
        if (now - acceptedAt > limits.Window)
        {
            InARow = 0;
            return false;
        }
        InARow++;
        _score = Math.Max(0, _score - ((now - _asOf).TotalSeconds * limits.PerSecond)) + 1;
        _asOf = now;
        NotBefore = now + policy.DelayAfterDeaths(_score - limits.Burst);
        return NotBefore > now;
    }

    /// <summary>Notes that an owner has left the table alive: the table's rows can be borne, if it has had it for long enough.</summary>
    public void NoteDeparture(TimeSpan acceptedAt, TimeSpan now, ArrivalLimits limits)
    {
        if (now - acceptedAt > limits.Window) InARow = 0;
    }

    /// <summary>Begins anew.</summary>
    public void Forget() => (_score, NotBefore, InARow) = (0, default, 0);
}
