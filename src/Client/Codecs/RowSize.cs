namespace EtsPersist.Mmf;

/// <summary>The error for a row whose size is not its type's.</summary>
internal static class RowSize
{
    public static RowFormatException Wrong(SchemaNode schema, int expected, int found) =>
        new($"A {schema} is stored in {expected} bytes and {found} were found. The row was written by something else.");
}
