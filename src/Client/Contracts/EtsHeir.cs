namespace EtsPersist.Mmf;

/// <summary>Who gets a table if its owner dies.</summary>
/// <param name="ProcessId">The process id as the manager's kernel names it.</param>
/// <param name="WorkerId">The worker within the process, or 0 for any.</param>
public sealed record EtsHeir(int ProcessId, ulong WorkerId);
