namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>An offer that has neither been seen accepted nor withdrawn.</summary>
internal sealed class OutstandingOffer(Claim claim, uint epoch, TimeSpan madeAt, TimeSpan deadline)
{
    public Claim Claim { get; } = claim;

    public uint Epoch { get; } = epoch;

    public TimeSpan MadeAt { get; } = madeAt;

    public TimeSpan Deadline { get; } = deadline;

    /// <summary>Whether it goes to the table's heir.</summary>
    public bool IsInheritance { get; init; }

    /// <summary>Where the owner itself has made the offer: tells it what became of that, null if the successor has accepted.</summary>
    public Action<EtsException?>? Ended { get; init; }

    /// <summary>Why it is to be withdrawn although its worker lives and its time is not over; null if it is not.</summary>
    public string? Cancelled { get; set; }

    /// <summary>Why the offer is to be withdrawn now, or null.</summary>
    public string? ReasonToWithdraw(TimeSpan now) =>
        Claim.Claimant.Process.IsDead ? "the worker died" : Cancelled ?? (now >= Deadline ? "the worker did not accept in time" : null);
}
