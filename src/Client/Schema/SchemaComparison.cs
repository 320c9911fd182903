namespace EtsPersist.Mmf;

/// <summary>The answer of <see cref="Compatibility.Check"/>.</summary>
/// <param name="Relation">How the two schemas relate.</param>
/// <param name="Merged">The schema with the members of both; what a writer binds where the stored one is older.</param>
public sealed record SchemaComparison(SchemaRelation Relation, TableSchema Merged);
