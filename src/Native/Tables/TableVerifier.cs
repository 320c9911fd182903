namespace EtsPersist.Mmf.Native;

/// <summary>Checks table files.</summary>
public static class TableVerifier
{
    /// <summary>Opens a file for reading, walks it and accounts for every byte. Meant for a table that nobody is writing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told now and then how far it has come, on this thread; null for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EtsException">The file cannot be opened as a table; see <see cref="TableFile.Open"/>.</exception>
    public static VerifyReport Verify(string path, IProgress<VerifyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var table = TableFile.Open(path, writable: false);
        return table.Verify(progress, cancellationToken);
    }
}
