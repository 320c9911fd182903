using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Principal;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Session;

/// <summary>Connects to the pipe of an instance, and to that of the instance's own manager only.</summary>
internal static class ManagerPipe
{
    /// <summary>Connects. Blocking: at most as long as <paramref name="patience"/>.</summary>
    /// <exception cref="UnauthorizedAccessException">The pipe is another user's, or does not let this one in.</exception>
    /// <exception cref="TimeoutException">Nobody listens.</exception>
    public static NamedPipeClientStream Connect(InstanceDirectory directory, TimeSpan patience)
    {
        var name = directory.PipeName;
        var pipe = OperatingSystem.IsWindows()
            // A synchronous handle would let a waiting read hold up all writes. Whoever has taken the name may learn who we are and not act as us.
            ? new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous, TokenImpersonationLevel.Identification)
            : new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.None); // an asynchronous one would slow reads down
        try
        {
            pipe.Connect(patience);
            if (OperatingSystem.IsWindows()) RequireOwnUser(pipe, name);
            else if (OperatingSystem.IsLinux()) RequireUserOf(directory, pipe, name);
            return pipe;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AccessDenied)
        {
            pipe.Dispose();
            throw new UnauthorizedAccessException($"The pipe '{name}' does not let this user in.", error);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    /// <summary>The base library's own check (CurrentUserOnly) knows this user only; where a group is admitted, the instance may be another's.</summary>
    [SupportedOSPlatform("linux")]
    private static void RequireUserOf(InstanceDirectory directory, NamedPipeClientStream pipe, string name)
    {
        var user = PeerCredentials.ServerUserId(pipe);
        if (!PathOwner.TryRead(directory.Path, out var owner) || owner.UserId != user)
            throw new UnauthorizedAccessException($"User {user} listens on the pipe '{name}', whose directory is another's.");
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
