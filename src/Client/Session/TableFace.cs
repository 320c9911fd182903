using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Session;

/// <summary>How a table that arrives becomes one of typed rows.</summary>
/// <param name="Create">Makes it from the file, its transfer and what releases it.</param>
/// <param name="Rehearse">Plays the arrival through before.</param>
internal sealed record TableFace<TTable>(Func<TableFile, Transfer, Func<ValueTask>, TTable> Create, Func<InstanceDirectory, Task<bool>> Rehearse);
