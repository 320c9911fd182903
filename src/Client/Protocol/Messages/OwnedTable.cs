namespace EtsPersist.Mmf.Protocol.Messages;

/// <summary>A table that a worker says it owns; the table's file decides.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Epoch">The epoch it was accepted under.</param>
internal readonly record struct OwnedTable(string Table, uint Epoch);
