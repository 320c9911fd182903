namespace EtsPersist.Mmf;

/// <summary>
/// The table cannot go to the process that was named: it is dead, no worker, the owner already, or did not take it. The table stays where it was.
/// ETS: <c>badarg</c> of <c>give_away/3</c>.
/// </summary>
public sealed class TransferRejectedException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TransferRejectedException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TransferRejectedException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TransferRejectedException() { }
}
