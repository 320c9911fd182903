using System.Diagnostics.CodeAnalysis;

namespace EtsPersist.Mmf;

/// <summary>
/// The rule of evolution: a record in a value may gain members at the end. Everything else is another schema: a member moved,
/// renamed or of another type, a struct of another layout, and any change of the key, because a key must be found by its bytes.
/// </summary>
/// <remarks>
/// An older reader keeps and ignores the members that it does not know; a newer one takes defaults for those that are not there. An older
/// <em>writer</em> that replaces a row writes the members it knows and so drops the others of that row: while two versions run,
/// let only the newer write rows whose new members matter.
/// </remarks>
public static class Compatibility
{
    /// <summary>Compares a table's schema with a program's own.</summary>
    /// <exception cref="TableSchemaException">They do not fit; the message names both and the first difference.</exception>
    public static SchemaComparison Check(TableSchema stored, TableSchema mine) =>
        TryCheck(stored, mine, out var comparison, out var difference)
        ? comparison
        : throw new TableSchemaException($"The table has another schema: {difference}. Stored: {stored}. Asked for: {mine}. "
            + "Only members at the end of a record in the value may be added; use the table's schema or another table.");

    /// <summary>Compares a table's schema with a program's own, without throwing.</summary>
    /// <param name="stored">The table's schema.</param>
    /// <param name="mine">The program's schema.</param>
    /// <param name="comparison">The answer where they fit.</param>
    /// <param name="difference">The first difference where they do not.</param>
    public static bool TryCheck(
        TableSchema stored,
        TableSchema mine,
        [NotNullWhen(true)] out SchemaComparison? comparison,
        [NotNullWhen(false)] out string? difference)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(mine);
        var matcher = new SchemaMatcher();
        var key = matcher.Match(stored.Key, mine.Key, "key");
        if (matcher.Difference is null && (matcher.StoredHasMore || matcher.MineHasMore))
            matcher.Difference = "the key has other members, and keys never change";
        var value = matcher.Match(stored.Value, mine.Value, "value");
        difference = matcher.Difference;
        comparison = difference is not null ? null : new SchemaComparison(
            matcher.MineHasMore ? SchemaRelation.StoredIsOlder : matcher.StoredHasMore ? SchemaRelation.StoredIsNewer : SchemaRelation.Same,
            new TableSchema(key, value));
        return comparison is not null;
    }
}
