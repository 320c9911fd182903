namespace EtsPersist.Mmf;

/// <summary>
/// A portable file cannot be read or written: it does not exist, or exists and must not be replaced, the directory's permissions forbid it, or
/// the disk is full. The message names the file; the cause, where the system gave one, is the inner exception. ETS: <c>{error, Reason}</c>.
/// </summary>
public sealed class EtsFileException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public EtsFileException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public EtsFileException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public EtsFileException() { }
}
