namespace EtsPersist.Mmf;

/// <summary>One part of a <see cref="SchemaNode"/>.</summary>
/// <param name="Position">The place: from 1 in records and tuples, the offset in structs.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Type">What is stored there.</param>
public sealed record SchemaMember(int Position, string Name, SchemaNode Type);
