using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>A pin of a table, until it is disposed. See <see cref="EtsRows{TRow, TValue}.Pin"/>.</summary>
/// <remarks>
/// Threads: any. Lifetime: disposing it twice is once. A pin goes with its table object and with its process, however that ends; that the table changes
/// its owner does not matter.
/// </remarks>
public sealed class EtsPin : IDisposable
{
    private TableFile? _file;

    internal EtsPin(TableFile file) => _file = file;

    /// <summary>Takes the pin back. ETS: <c>safe_fixtable(T, false)</c>.</summary>
    public void Dispose() => Interlocked.Exchange(ref _file, null)?.Unpin();
}
