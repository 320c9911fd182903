namespace EtsPersist.Mmf.Native.Os;

/// <summary>Deletes table files on every system.</summary>
public static class TableFileRemoval
{
    /// <summary>
    /// Deletes a file that this process may have mapped. Windows keeps one that is mapped, and tables that were disposed of are so until they are collected; if need
    /// be, that is done here. Threads: any. Blocking: the file system, and a garbage collection. A file that is gone is no error.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file system refuses; on Windows also while somebody has the file mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not; on Windows also while somebody has the file mapped.</exception>
    public static void Delete(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
            return;
        }
        if (IsDeleted(path)) return;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (!File.Exists(path)) return;
        File.Delete(path);
        if (File.Exists(path)) throw new IOException($"'{path}' goes once nobody has it mapped any more.");
    }

    private static bool IsDeleted(string path)
    {
        try
        {
            File.Delete(path);
            return !File.Exists(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
