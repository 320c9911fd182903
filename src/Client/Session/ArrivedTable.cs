namespace EtsPersist.Mmf.Session;

/// <summary>A table that was given to this worker or inherited by it, while its code did not wait for it. It is owned, and kept until asked for.</summary>
internal sealed record ArrivedTable(OwnedTableHandle Handle, Transfer Transfer);
