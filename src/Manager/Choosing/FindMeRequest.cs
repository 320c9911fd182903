namespace EtsPersist.Mmf.Manager.Choosing;

/// <summary>What a rule is asked.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Reason">Why it needs an owner.</param>
/// <param name="Candidates">The workers that may own it and wait for it, longest first.</param>
public sealed record FindMeRequest(string Table, TransferReason Reason, IReadOnlyList<FindMeCandidate> Candidates);
