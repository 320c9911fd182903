namespace EtsPersist.Mmf;

/// <summary>A record that a part of a schema stands in, for parts that refer to it.</summary>
/// <param name="Record">The record.</param>
/// <param name="Outer">The one around it.</param>
internal sealed record EnclosingRecord(SchemaNode Record, EnclosingRecord? Outer)
{
    /// <summary>The record that a reference means.</summary>
    public static EnclosingRecord Up(EnclosingRecord? innermost, SchemaNode reference)
    {
        var found = innermost;
        for (var level = 1; level < reference.Size && found is not null; level++) found = found.Outer;
        return found is not null && reference.Size > 0
            ? found
            : throw new TableSchemaException(
                $"The table's schema refers {reference.Size} records up to {reference.Name}, and there are fewer around it.");
    }
}
