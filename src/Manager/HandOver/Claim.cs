using EtsPersist.Mmf.Manager.Configuration;

namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>A worker that waits for a table.</summary>
internal sealed class Claim(IClaimant claimant)
{
    public IClaimant Claimant { get; } = claimant;

    /// <summary>Since when it waits, on the table's clock; may lie before the manager's start.</summary>
    public TimeSpan Since { get; set; }

    /// <summary>How many offers in a row it let pass.</summary>
    public int Failures { get; private set; }

    /// <summary>When it may be offered the table again.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>Until when it is in quarantine for the table; in the past for one that is in none.</summary>
    public TimeSpan QuarantinedUntil { get; private set; }

    /// <summary>It let an offer pass; true if that puts it into quarantine, from which it comes with one more chance.</summary>
    public bool Fail(TimeSpan now, HandOverPolicy policy, ArrivalLimits limits)
    {
        var isQuarantined = ++Failures >= limits.WorkerQuarantineAfter;
        NotBefore = now + (isQuarantined ? limits.QuarantineTime : policy.DelayAfterFailure(Failures));
        if (isQuarantined) QuarantinedUntil = NotBefore;
        return isQuarantined;
    }

    /// <summary>Forgets what offers it let pass.</summary>
    public void Pardon() => (Failures, NotBefore, QuarantinedUntil) = (0, default, default);
}
