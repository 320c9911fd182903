namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>How large a table is.</summary>
internal readonly record struct TableSize(string Name, long Rows, long Bytes);
