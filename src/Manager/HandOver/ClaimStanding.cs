namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>How a worker stands with one table.</summary>
/// <param name="Claimant">The worker.</param>
/// <param name="IsWaiting">Whether it waits for the table. One that has declined an offer may be in quarantine and not wait.</param>
/// <param name="QuarantineLeft">For how long yet it is not offered the table because it let too many offers pass.</param>
internal readonly record struct ClaimStanding(IClaimant Claimant, bool IsWaiting, TimeSpan QuarantineLeft);
