using EtsPersist.Mmf.Files;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

public abstract partial class EtsRows<TRow, TValue> : IArrivedTable
{
    TableFile IArrivedTable.File => File;

    /// <summary>
    /// Saves the table to a portable file. It may be written meanwhile: each row that is there throughout is saved exactly once, and one that is
    /// inserted, replaced or deleted meanwhile is saved as it was at some moment or not at all; so the file is no snapshot of one moment.
    /// Everyone who may read the table may save it. ETS: <c>tab2file/2,3</c>.
    /// </summary>
    /// <remarks>
    /// The file is written aside in the same directory, for this user alone, and takes its place at one instant when it is whole. Cancelled or failed,
    /// nothing of it stays and a file that was there is as it was. A kill leaves what was there, and beside it a file that ends in <c>.saving</c>.
    /// Threads: any. Blocking: none for the file; the rows are read by whoever runs it. Allocation: a block of rows.
    /// </remarks>
    /// <param name="path">Where the file goes; its directory exists.</param>
    /// <param name="options">Whether to replace a file and to wait for the disk; null for <see cref="EtsSaveOptions.Default"/>.</param>
    /// <param name="progress">Told after each block of rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EtsFileException">The file cannot be written, or exists and is not to be replaced.</exception>
    /// <exception cref="TableAccessException">The table is private and another's.</exception>
    public Task SaveAsync(
        string path, EtsSaveOptions? options = null, IProgress<EtsFileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var header = new FileHeader(
            Name, Kind, Access, File.Capacity, Codec.KeyFixedSize, Codec.Values.FixedSize, File.ReadSchema(), DateTime.UtcNow);
        return TableSaver.SaveAsync(File, header, path, options ?? EtsSaveOptions.Default, progress, cancellationToken);
    }
}
