namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The workers that wait for one table, longest first. Threads: one at a time.</summary>
internal sealed class ClaimQueue
{
    private readonly List<Claim> _claims = [];
    private readonly Dictionary<IClaimant, Claim> _suspended = [];

    public int Count => _claims.Count;

    /// <summary>Adds a worker; one that waits already keeps its place, and one that let offers pass the memory of it.</summary>
    public void Add(IClaimant claimant, TimeSpan since)
    {
        if (_claims.Exists(claim => ReferenceEquals(claim.Claimant, claimant))) return;
        if (!_suspended.Remove(claimant, out var added)) added = new Claim(claimant);
        added.Since = since;
        var place = _claims.FindIndex(other => other.Since > since);
        _claims.Insert(place < 0 ? _claims.Count : place, added);
    }

    /// <summary>Takes a worker out that may come back.</summary>
    public void Remove(IClaimant claimant)
    {
        if (_claims.Find(claim => ReferenceEquals(claim.Claimant, claimant)) is { } claim) Suspend(claim);
    }

    /// <summary>Takes a claim out, whose worker may come back.</summary>
    public void Suspend(Claim claim)
    {
        _claims.Remove(claim);
        if (claim.Failures > 0) _suspended[claim.Claimant] = claim;
    }

    /// <summary>Takes a worker out and forgets how often it let offers pass.</summary>
    public void Forget(IClaimant claimant)
    {
        _claims.RemoveAll(claim => ReferenceEquals(claim.Claimant, claimant));
        _suspended.Remove(claimant);
    }

    /// <summary>Takes out all workers of a description and returns them.</summary>
    public IReadOnlyList<IClaimant> RemoveAll(Predicate<IClaimant> match)
    {
        IClaimant[] removed = [.. _claims.Select(claim => claim.Claimant).Where(claimant => match(claimant))];
        foreach (var claimant in removed) Forget(claimant);
        return removed;
    }

    /// <summary>The worker that comes next, or null and when one of those that are held back may come.</summary>
    public Claim? Next(TimeSpan now, out TimeSpan wakeAt)
    {
        wakeAt = TimeSpan.MaxValue;
        foreach (var claim in _claims)
        {
            if (claim.Claimant.Process.IsDead) continue;
            if (claim.NotBefore <= now) return claim;
            if (claim.NotBefore < wakeAt) wakeAt = claim.NotBefore;
        }
        return null;
    }
}
