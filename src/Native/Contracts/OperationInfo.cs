namespace EtsPersist.Mmf.Native;

/// <summary>An operation that a writer had begun and not ended at one moment.</summary>
/// <param name="Slot">The writer's slot.</param>
/// <param name="Journal">The journal that describes it; each of a process's concurrent writer threads has one.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Locks">The locks that it held: buckets, nodes, the allocator.</param>
public sealed record OperationInfo(int Slot, int Journal, OperationKind Kind, IReadOnlyList<string> Locks);
