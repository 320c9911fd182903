using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>Makes the manager's end of an instance's pipe.</summary>
internal static class ServerPipe
{
    private const int BufferSize = 4096; // Windows: without any, each write waits for its reader
    private const UnixFileMode ForUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForGroup = ForUser | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>One more stream to wait for a client in.</summary>
    /// <param name="name">The pipe.</param>
    /// <param name="groupId">The group whose members may connect beside this user, or null; on Windows the user alone may.</param>
    public static NamedPipeServerStream Create(string name, uint? groupId = null) =>
        OperatingSystem.IsWindows() ? CreateOnWindows(name) : CreateOnLinux(name, groupId is null ? ForUser : ForGroup);

    /// <summary>
    /// Whom the permissions let through, its credentials are asked for. With CurrentUserOnly the base library would drop others without a word. The
    /// socket is made with the first stream and shared by all while there is one.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static NamedPipeServerStream CreateOnLinux(string name, UnixFileMode mode)
    {
        var stream = new NamedPipeServerStream(
            name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        try
        {
            File.SetUnixFileMode(name, mode);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The owner is the user, also where new objects would be a group's, as those of administrators are: clients look at the owner.</summary>
    [SupportedOSPlatform("windows")]
    private static NamedPipeServerStream CreateOnWindows(string name)
    {
        using var user = WindowsIdentity.GetCurrent();
        var security = new PipeSecurity();
        security.AddAccessRule(new PipeAccessRule(user.User!, PipeAccessRights.FullControl, AccessControlType.Allow));
        security.SetOwner(user.User!);
        return NamedPipeServerStreamAcl.Create(
            name,
            PipeDirection.InOut,
            NamedPipeServerStream.MaxAllowedServerInstances,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous,
            BufferSize,
            BufferSize,
            security);
    }
}
