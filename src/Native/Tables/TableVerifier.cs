namespace EtsPersist.Mmf.Native;

/// <summary>Checks table files.</summary>
public static class TableVerifier
{
    /// <summary>Opens a file for reading, walks it and accounts for every byte. Meant for a table that nobody is writing.</summary>
    /// <exception cref="EtsException">The file cannot be opened as a table; see <see cref="TableFile.Open"/>.</exception>
    public static VerifyReport Verify(string path)
    {
        using var table = TableFile.Open(path, writable: false);
        return table.Verify();
    }
}
