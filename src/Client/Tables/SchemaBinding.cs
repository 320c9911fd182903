using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>Brings a program's schema and a table's together.</summary>
internal static class SchemaBinding
{
    /// <summary>A writer's part: binds the first schema, extends an older one, accepts a newer one.</summary>
    /// <exception cref="TableSchemaException">The schemas do not fit; the message names both.</exception>
    public static void Bind(TableFile file, TableSchema mine)
    {
        if (file.IsOwner) LoadMark.RemoveUnfinished(file);
        var unchanged = mine.Encode();
        while (true)
        {
            var stored = file.ReadSchema();
            LoadMark.RequireNone(file, stored);
            if (unchanged.AsSpan().SequenceEqual(stored)) return; // the usual case of a hand-over
            var bound = stored.Length == 0 ? mine : Compare(file, stored, mine).Merged;
            var encoded = bound.Encode();
            if (encoded.AsSpan().SequenceEqual(stored) || file.TryBindSchema(stored, encoded))
                return;
        }
    }

    /// <summary>A reader's part.</summary>
    /// <exception cref="TableNotReadyException">No owner has bound a schema yet.</exception>
    /// <exception cref="TableSchemaException">The schemas do not fit; the message names both.</exception>
    public static void Check(TableFile file, TableSchema mine)
    {
        var stored = file.ReadSchema();
        LoadMark.RequireNone(file, stored);
        if (stored.Length == 0)
            throw new TableNotReadyException($"Table '{file.Name}' has no rows yet: no owner has given it a schema. Open it again once a worker owns it.");
        Compare(file, stored, mine);
    }

    private static SchemaComparison Compare(TableFile file, byte[] stored, TableSchema mine)
    {
        try
        {
            return Compatibility.Check(TableSchema.Decode(stored), mine);
        }
        catch (TableSchemaException error)
        {
            throw new TableSchemaException($"Table '{file.Name}': {error.Message}", error);
        }
    }
}
