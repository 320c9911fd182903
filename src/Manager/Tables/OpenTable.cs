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
}
