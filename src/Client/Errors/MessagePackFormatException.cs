namespace EtsPersist.Mmf;

/// <summary>
/// Bytes are not the MessagePack message that was expected: cut off, of another type, over a limit or not MessagePack at all.
/// </summary>
public sealed class MessagePackFormatException : EtsException
{
    /// <summary>Creates the error for a place in the message.</summary>
    /// <param name="offset">The offset of the value that could not be read.</param>
    /// <param name="expected">What was expected there, and what was found.</param>
    public MessagePackFormatException(int offset, string expected)
        : base($"Not the MessagePack expected at offset {offset}: {expected}.") => Offset = offset;

    /// <summary>Creates the error with its message.</summary>
    public MessagePackFormatException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public MessagePackFormatException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public MessagePackFormatException() { }

    /// <summary>The offset, from the start of the message, of the value that could not be read.</summary>
    public int Offset { get; }
}
