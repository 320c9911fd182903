namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>A table on its way from one name to another.</summary>
/// <param name="Table">The table, as its new place is to serve it.</param>
/// <param name="FormerPlaces">All places that it has had and that lead to the new one now; the new place's from now on.</param>
internal sealed record MovedTable(OpenTable Table, HashSet<TableActor> FormerPlaces);
