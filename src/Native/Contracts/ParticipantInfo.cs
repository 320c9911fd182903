namespace EtsPersist.Mmf.Native;

/// <summary>A writer's slot as it stood at one moment.</summary>
/// <param name="Slot">The slot's number.</param>
/// <param name="Incarnation">How often the slot has been taken.</param>
/// <param name="ProcessId">The process id in the namespace of the process itself; for display and for finding it, never for deciding its death.</param>
/// <param name="StartTime">The process's start time in the kernel's units, which tells apart two processes with one id.</param>
/// <param name="IsAlive">Whether the kernel says that the process lives.</param>
public readonly record struct ParticipantInfo(int Slot, uint Incarnation, int ProcessId, long StartTime, bool IsAlive);
