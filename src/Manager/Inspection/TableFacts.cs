using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>What a table's file tells of it.</summary>
internal sealed record TableFacts(string Name, string Path)
{
    public TableKind Kind { get; init; }

    public TableAccess Access { get; init; }

    public OwnershipState State { get; init; }

    public uint Epoch { get; init; }

    /// <summary>The owner's process id in its own namespace, or null where nobody owns the table.</summary>
    public int? OwnerProcessId { get; init; }

    /// <summary>Whether the kernel says that the owner lives.</summary>
    public bool IsOwnerAlive { get; init; }

    public long Rows { get; init; }

    public long Bytes { get; init; }

    public TableSchema? Schema { get; init; }

    /// <summary>Why the file cannot be used, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The tables of an instance in the order of their names. A file that cannot be opened says why and hides no other.</summary>
    public static IReadOnlyList<TableFacts> OfInstance(InstanceDirectory directory)
    {
        directory.RequireTrusted();
        var latest = directory.AllTables().GroupBy(table => table.Name, StringComparer.OrdinalIgnoreCase)
            .OrderBy(sameName => sameName.Key, StringComparer.OrdinalIgnoreCase);
        return [.. latest.Select(sameName => OfLatest([.. sameName.OrderByDescending(table => table.Incarnation)])).OfType<TableFacts>()];
    }

    /// <summary>The facts of an open table.</summary>
    public static TableFacts Of(TableFile file)
    {
        var word = file.Ownership;
        var owner = word.Slot >= 0 ? file.Participants().FirstOrDefault(participant => participant.Slot == word.Slot) : default;
        var schema = file.ReadSchema();
        return new TableFacts(file.Name, file.Path)
        {
            Kind = file.Kind,
            Access = file.Access,
            State = word.State,
            Epoch = word.Epoch,
            OwnerProcessId = owner.ProcessId == 0 ? null : owner.ProcessId,
            IsOwnerAlive = owner.IsAlive,
            Rows = file.Count,
            Bytes = file.BytesUsed,
            Schema = schema.Length == 0 || LoadMark.Is(schema) ? null : TableSchema.Decode(schema),
        };
    }

    private static TableFacts? OfLatest(TableLocation[] sameName)
    {
        foreach (var location in sameName)
        {
            try
            {
                using var file = TableFile.Open(location.Path, writable: false);
                if (!file.IsDropped) return Of(file);
            }
            catch (Exception error) when (error is TableNotFoundException or TableDroppedException)
            {
                // Dropped since the directory was read.
            }
            catch (EtsException error)
            {
                return new TableFacts(location.Name, location.Path) { Problem = error.Message };
            }
        }
        return null;
    }
}
