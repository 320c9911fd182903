using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.Principal;

namespace EtsPersist.Mmf.Session;

/// <summary>Connects to the pipe of an instance, and to that of this user's manager only.</summary>
internal static class ManagerPipe
{
    /// <summary>Connects. Blocking: at most as long as <paramref name="patience"/>.</summary>
    /// <exception cref="UnauthorizedAccessException">The pipe is another user's.</exception>
    /// <exception cref="TimeoutException">Nobody listens.</exception>
    public static NamedPipeClientStream Connect(string name, TimeSpan patience)
    {
        var pipe = OperatingSystem.IsWindows()
            // A synchronous handle would let a waiting read hold up all writes. Whoever has taken the name may learn who we are and not act as us.
            ? new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous, TokenImpersonationLevel.Identification)
            : new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.CurrentUserOnly); // an asynchronous one would slow reads down
        try
        {
            pipe.Connect(patience);
            if (OperatingSystem.IsWindows()) RequireOwnUser(pipe, name);
            return pipe;
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The base library's own check (CurrentUserOnly) compares with the owner that this process gives to new objects. For an administrator that is a group when
    /// elevated and the user when not, so that one could not reach the manager of the other.
    /// </summary>
    [SupportedOSPlatform("windows")]
    private static void RequireOwnUser(NamedPipeClientStream pipe, string name)
    {
        using var user = WindowsIdentity.GetCurrent();
        var owner = pipe.GetAccessControl().GetOwner(typeof(SecurityIdentifier));
        if (owner != user.User)
            throw new UnauthorizedAccessException($"The pipe '{name}' belongs to user {owner}, not to {user.User}.");
    }
}
