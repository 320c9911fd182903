namespace EtsPersist.Mmf;

/// <summary>
/// A portable file is damaged, cut off, of a newer version or none at all; the message names the place and what is wrong there.
/// ETS: <c>badfile</c>, <c>read_error</c>, <c>checksum_error</c>, <c>invalid_object_count</c>.
/// </summary>
public sealed class EtsFileFormatException : EtsException
{
    /// <summary>Creates the error for a place in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where in the file it stops to be what it should be.</param>
    /// <param name="problem">What is wrong there.</param>
    public EtsFileFormatException(string path, long offset, string problem)
        : base($"'{path}' is no whole portable table file: at offset {offset} {problem}. Nothing was loaded. Save the table again, or take an older copy.")
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>Creates the error with its message.</summary>
    public EtsFileFormatException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public EtsFileFormatException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public EtsFileFormatException() { }

    /// <summary>The file, or null where it is not known.</summary>
    public string? Path { get; }

    /// <summary>Where in the file it stops to be what it should be.</summary>
    public long Offset { get; }
}
