namespace EtsPersist.Mmf;

/// <summary>Who owns a table.</summary>
/// <param name="ProcessId">The process id as the manager's kernel names it.</param>
/// <param name="Role">The role it is registered under, or null where the manager has not heard from it yet.</param>
public sealed record EtsOwner(int ProcessId, string? Role);
