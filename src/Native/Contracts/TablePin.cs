namespace EtsPersist.Mmf;

/// <summary>A process that has pinned a table. ETS: an entry of <c>info(T, safe_fixed)</c>.</summary>
/// <param name="ProcessId">The process id in the namespace of the process itself.</param>
/// <param name="Slot">The writer's slot that it is kept in; a process that has the file open twice has two.</param>
/// <param name="Count">How many pins it holds.</param>
/// <param name="Since">When it took the first of them, by the clock of the machine.</param>
public sealed record TablePin(int ProcessId, int Slot, int Count, DateTimeOffset Since);
