namespace EtsPersist.Mmf;

/// <summary>The rows of the table have another schema than the one asked for; the message names both.</summary>
public sealed class TableSchemaException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableSchemaException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableSchemaException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableSchemaException() { }
}
