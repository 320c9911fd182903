namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>A row as it is stored.</summary>
internal readonly record struct StoredRow(byte[] Key, byte[] Value);
