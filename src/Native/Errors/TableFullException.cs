namespace EtsPersist.Mmf;

/// <summary>
/// The table cannot take more: its file system is full, a limit of the process forbids it, or <c>MaximumBytes</c> is reached.
/// Raised before anything of the operation is visible; every earlier row is there, and writing goes on once there is space.
/// </summary>
public sealed class TableFullException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableFullException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableFullException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableFullException() { }

    /// <summary>Creates the error of a file that cannot grow.</summary>
    /// <param name="path">The table's file.</param>
    /// <param name="requestedBytes">How many bytes more were asked for.</param>
    /// <param name="remedy">The cause and what to do about it, as one sentence.</param>
    public static TableFullException ForFile(string path, long requestedBytes, string remedy) =>
        new($"Table file '{path}' cannot grow by {requestedBytes} bytes: {remedy}") { Path = path, RequestedBytes = requestedBytes };

    /// <summary>The table's file, where known.</summary>
    public string? Path { get; private init; }

    /// <summary>How many bytes more were asked for; 0 where unknown.</summary>
    public long RequestedBytes { get; private init; }
}
