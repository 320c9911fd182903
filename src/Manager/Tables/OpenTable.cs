using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>A table that exists and is served.</summary>
internal sealed class OpenTable(TableLocation location, TableFile file, TableDefinition definition)
{
    public TableLocation Location { get; } = location;

    public string FileName { get; } = Path.GetFileName(location.Path);

    public TableFile File { get; } = file;

    public TableDefinition Definition { get; set; } = definition;

    public TableHandOver HandOver { get; set; } = null!;

    public HandOverReporter Kept { get; set; } = null!;

    /// <summary>Writes a definition beside the table, and goes by it from then on.</summary>
    /// <exception cref="TableFullException">It could not be written; the one before stands.</exception>
    public void Redefine(TableDefinition definition)
    {
        TableStore.Write(Location, definition);
        Definition = definition;
    }
}
