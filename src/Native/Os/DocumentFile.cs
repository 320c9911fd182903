namespace EtsPersist.Mmf.Native.Os;

/// <summary>Small files that lie beside tables, and are opened as carefully as those: by their own name alone.</summary>
public static class DocumentFile
{
    /// <summary>
    /// Reads a file whole. No symbolic link is followed, and a FIFO in the file's place holds nobody up. Threads: any. Blocking: the file system.
    /// Allocates what it answers.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How long it may be.</param>
    /// <exception cref="TableNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="TableFormatException">It is a symbolic link, no regular file, or too long; the message names the remedy.</exception>
    /// <exception cref="TableAccessException">This user may not read it.</exception>
    /// <exception cref="SystemCallException">The system refuses for another reason.</exception>
    public static byte[] Read(string path, int mostBytes)
    {
        using var file = TableFileHandle.Open(path, writable: false);
        try
        {
            var length = RandomAccess.GetLength(file);
            if (length > mostBytes)
                throw new TableFormatException($"'{path}' has {length} bytes, where at most {mostBytes} make sense. Is it the right file?");
            var bytes = new byte[length];
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var count)
                read += count;
            return bytes[..read]; // perhaps it was cut meanwhile
        }
        catch (IOException error)
        {
            throw new SystemCallException($"'{path}' cannot be read: {error.Message}", error);
        }
    }
}
