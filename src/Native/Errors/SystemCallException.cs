using System.Runtime.InteropServices;

namespace EtsPersist.Mmf;

/// <summary>
/// The operating system refused a call for a reason that has no error type of its own; the message names call, file and cause.
/// </summary>
public sealed class SystemCallException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public SystemCallException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public SystemCallException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public SystemCallException() { }

    /// <summary>Creates the error of a call that failed.</summary>
    /// <param name="call">The call's name.</param>
    /// <param name="path">The file it was about, if any.</param>
    /// <param name="errorCode">errno, or the Win32 error code.</param>
    /// <param name="remedy">What to do about it, as one sentence.</param>
    public static SystemCallException ForCall(string call, string? path, int errorCode, string? remedy = null) =>
        new($"{call}{(path is null ? "" : $" of '{path}'")} failed: {Marshal.GetPInvokeErrorMessage(errorCode)} (error {errorCode})." +
            (remedy is null ? "" : " " + remedy))
        { ErrorCode = errorCode };

    /// <summary>errno on Linux, the Win32 error code on Windows; 0 where unknown.</summary>
    public int ErrorCode { get; private init; }
}
