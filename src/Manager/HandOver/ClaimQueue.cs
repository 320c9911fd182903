namespace EtsPersist.Mmf.Manager.HandOver;

/// <summary>The workers that wait for one table, longest first. Threads: one at a time.</summary>
internal sealed class ClaimQueue
{
    private readonly List<Claim> _claims = [];
    private readonly Dictionary<IClaimant, Claim> _suspended = [];

    public int Count => _claims.Count;

    /// <summary>Whether nobody waits, and nobody let offers pass that may come back.</summary>
    public bool IsEmpty => _claims.Count == 0 && _suspended.Count == 0;

    /// <summary>The workers that wait, longest first.</summary>
    public IReadOnlyList<IClaimant> Claimants => [.. _claims.Select(claim => claim.Claimant)];

    /// <summary>How the workers stand that wait, longest first, and then those that do not and are in quarantine.</summary>
    public IReadOnlyList<ClaimStanding> Standings(TimeSpan now) =>
    [
        .. _claims.Select(claim => Standing(claim, isWaiting: true, now)),
        .. _suspended.Values.Select(claim => Standing(claim, isWaiting: false, now)).Where(standing => standing.QuarantineLeft > TimeSpan.Zero),
    ];

    /// <summary>How many workers are in quarantine for the table.</summary>
    public int CountQuarantined(TimeSpan now) => _claims.Concat(_suspended.Values).Count(claim => claim.QuarantinedUntil > now);

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
        if (_claims.Remove(claim) && claim.Failures > 0) _suspended[claim.Claimant] = claim; // who was given a table does not wait for it
    }

    /// <summary>Takes a worker out and forgets how often it let offers pass.</summary>
    public void Forget(IClaimant claimant)
    {
        _claims.RemoveAll(claim => ReferenceEquals(claim.Claimant, claimant));
        _suspended.Remove(claimant);
    }

    /// <summary>Forgets of all workers what offers they let pass.</summary>
    public void Pardon()
    {
        foreach (var claim in _claims) claim.Pardon();
        _suspended.Clear();
    }

    /// <summary>Takes out all workers of a description and returns them.</summary>
    public IReadOnlyList<IClaimant> RemoveAll(Predicate<IClaimant> match)
    {
        IClaimant[] removed = [.. _claims.Select(claim => claim.Claimant).Where(claimant => match(claimant))];
        foreach (var claimant in removed) Forget(claimant);
        return removed;
    }

    /// <summary>A worker's claim, or null if it does not wait.</summary>
    public Claim? Find(IClaimant claimant) => _claims.Find(claim => ReferenceEquals(claim.Claimant, claimant));

    /// <summary>The worker that comes next by a rule, or null and when one of those that are held back may come.</summary>
    public Claim? Next(FindMeRule rule, TimeSpan now, out TimeSpan wakeAt)
    {
        Claim? best = null;
        wakeAt = TimeSpan.MaxValue;
        foreach (var claim in _claims)
        {
            if (!IsEligible(claim, now, ref wakeAt)) continue;
            if (best is null || IsBetter(rule, claim, best)) best = claim;
            if (rule == FindMeRule.Oldest) break;
        }
        return best;
    }

    /// <summary>The workers that may be offered the table now, longest first, and when one of those that are held back may come.</summary>
    public IReadOnlyList<Claim> Eligible(TimeSpan now, out TimeSpan wakeAt)
    {
        var earliest = TimeSpan.MaxValue;
        var eligible = _claims.FindAll(claim => IsEligible(claim, now, ref earliest));
        wakeAt = earliest;
        return eligible;
    }

    private static ClaimStanding Standing(Claim claim, bool isWaiting, TimeSpan now) =>
        new(claim.Claimant, isWaiting, claim.QuarantinedUntil > now ? claim.QuarantinedUntil - now : TimeSpan.Zero);

    private static bool IsEligible(Claim claim, TimeSpan now, ref TimeSpan wakeAt)
    {
        if (claim.Claimant.Process.IsDead) return false;
        if (claim.NotBefore <= now) return true;
        if (claim.NotBefore < wakeAt) wakeAt = claim.NotBefore;
        return false;
    }

    /// <summary>Whether a worker that has waited no longer than the best so far is better all the same.</summary>
    private static bool IsBetter(FindMeRule rule, Claim claim, Claim best) => rule switch
    {
        FindMeRule.Newest => true,
        FindMeRule.Priority => claim.Claimant.Priority > best.Claimant.Priority,
        FindMeRule.FewestTables => claim.Claimant.Process.OwnedTables < best.Claimant.Process.OwnedTables,
        _ => false,
    };
}
