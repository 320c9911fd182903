using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Who gets a table if its owner dies.</summary>
/// <param name="Process">The process, told from a later one of its id by its start time.</param>
/// <param name="WorkerId">The worker within the process, or 0 for any.</param>
/// <param name="GiftData">Bytes that travel with the inheritance; null for the table's own.</param>
internal sealed record Heir(ProcessIdentity Process, ulong WorkerId, ReadOnlyMemory<byte>? GiftData);
