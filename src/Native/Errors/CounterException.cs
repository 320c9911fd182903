namespace EtsPersist.Mmf;

/// <summary>The counter's row is missing or its value is no integer. ETS: <c>badarg</c> of <c>update_counter</c>.</summary>
public sealed class CounterException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public CounterException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public CounterException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public CounterException() { }
}
