namespace EtsPersist.Mmf;

/// <summary>Who owned a table before its transfer.</summary>
/// <param name="ProcessId">The process id as the manager's kernel names it; for display, since ids are reused.</param>
/// <param name="Role">The role it was registered under, or null where the manager did not know it.</param>
public sealed record PreviousOwner(int ProcessId, string? Role);
