namespace EtsPersist.Mmf;

/// <summary>Every writer's slot of the table is held by a living process.</summary>
public sealed class TooManyParticipantsException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TooManyParticipantsException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TooManyParticipantsException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TooManyParticipantsException() { }
}
