namespace EtsPersist.Mmf;

/// <summary>A configuration file is wrong; the message names the file, the line and the column.</summary>
public sealed class ConfigurationException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public ConfigurationException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public ConfigurationException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public ConfigurationException() { }
}
