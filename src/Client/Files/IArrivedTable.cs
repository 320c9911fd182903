using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Files;

/// <summary>A table that came to this process, of whatever rows.</summary>
internal interface IArrivedTable : IAsyncDisposable
{
    TableFile File { get; }

    Transfer? Transfer { get; }
}
