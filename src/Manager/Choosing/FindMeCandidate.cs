namespace EtsPersist.Mmf.Manager.Choosing;

/// <summary>A worker that a rule may choose.</summary>
/// <param name="ProcessId">Its process id as the manager's kernel names it.</param>
/// <param name="WorkerId">Its own number.</param>
/// <param name="Role">The role it is registered under.</param>
/// <param name="Priority">Its rank.</param>
/// <param name="Waited">How long it has waited for the table.</param>
/// <param name="Owned">How many tables its process owns.</param>
public sealed record FindMeCandidate(int ProcessId, ulong WorkerId, string Role, int Priority, TimeSpan Waited, int Owned);
