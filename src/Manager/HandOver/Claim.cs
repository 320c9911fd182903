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

    public void Fail(TimeSpan now, HandOverPolicy policy) => NotBefore = now + policy.DelayAfterFailure(++Failures);
}
