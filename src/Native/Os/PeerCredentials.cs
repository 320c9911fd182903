using System.Globalization;
using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.Principal;
using EtsPersist.Mmf.Native.Os.Interop;
using Microsoft.Win32.SafeHandles;

namespace EtsPersist.Mmf.Native.Os;

/// <summary>
/// Who is at the other end of a pipe, by the kernel's word and not by the peer's. Linux: the process that connected, as it was then.
/// Windows: the process that opened the client's end. Threads: all members may be used at once. Lifetime: owns the descriptor of the
/// process; dispose of it.
/// </summary>
public sealed class PeerCredentials : IDisposable
{
    private readonly bool _isRoot;
    private readonly uint[] _groups;

    private PeerCredentials(ProcessIdentity process, string userId, bool isSameUser, bool isRoot, uint[] groups, SafeFileHandle? pidfd)
    {
        Process = process;
        UserId = userId;
        IsSameUser = isSameUser;
        _isRoot = isRoot;
        _groups = groups;
        Pidfd = pidfd;
    }

    /// <summary>The peer. Its id is 0 if it is not visible here, its start time 0 if it was gone already.</summary>
    public ProcessIdentity Process { get; }

    /// <summary>The peer's process id, 0 if it is not visible here.</summary>
    public int ProcessId => Process.ProcessId;

    /// <summary>The peer's start time, 0 if it was gone already.</summary>
    public long StartTime => Process.StartTime;

    /// <summary>Linux: the effective user id as a number. Windows: the user's SID.</summary>
    public string UserId { get; }

    /// <summary>Whether the peer runs as the user of this process.</summary>
    public bool IsSameUser { get; }

    /// <summary>Linux: whether the peer was in a group when it connected, or is root, whom groups do not hold up. Windows: false.</summary>
    /// <param name="groupId">The group.</param>
    public bool IsInGroup(uint groupId) => _isRoot || _groups.Contains(groupId);

    /// <summary>Linux: a descriptor of the very process, where the kernel gives one. Closed with this object.</summary>
    public SafeFileHandle? Pidfd { get; }

    /// <summary>Asks the kernel about the peer of a connected pipe. Blocking: none.</summary>
    /// <param name="pipe">The server's end, connected.</param>
    /// <exception cref="SystemCallException">The kernel does not tell.</exception>
    public static PeerCredentials Read(NamedPipeServerStream pipe)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        if (OperatingSystem.IsLinux())
            return ReadSocket(pipe.SafePipeHandle);
        return OperatingSystem.IsWindows() ? ReadPipe(pipe.SafePipeHandle) : throw TableFileHandle.UnsupportedSystem();
    }

    /// <summary>The user whose process listens on the other end of a connected pipe, by the kernel's word. Threads: any. Blocking: none.</summary>
    /// <param name="pipe">The client's end.</param>
    /// <exception cref="SystemCallException">The kernel does not tell.</exception>
    [SupportedOSPlatform("linux")]
    public static uint ServerUserId(NamedPipeClientStream pipe)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        return ReadCredentials(pipe.SafePipeHandle).UserId;
    }

    /// <inheritdoc/>
    public void Dispose() => Pidfd?.Dispose();

    /// <summary>The base library's pipes are Unix sockets here; the handle of a connected one is the socket's descriptor.</summary>
    [SupportedOSPlatform("linux")]
    private static PeerCredentials ReadSocket(SafePipeHandle socket)
    {
        var credentials = ReadCredentials(socket);
        var pidfd = Libc.PeerPidfd(socket);
        if (pidfd is null && credentials.ProcessId > 0)
            pidfd = Libc.OpenPidfd(credentials.ProcessId, out _);

        // The number is this process's as long as the process lives: so first the number is read, then life is tested.
        var known = ProcessIdentity.TryRead(credentials.ProcessId, out var identity) && (pidfd is null || !Libc.HasEnded(pidfd));
        return new PeerCredentials(
            known ? identity : new ProcessIdentity(Math.Max(credentials.ProcessId, 0), 0),
            credentials.UserId.ToString(CultureInfo.InvariantCulture),
            credentials.UserId == Libc.EffectiveUserId(),
            credentials.UserId == 0,
            [credentials.GroupId, .. Libc.PeerGroups(socket)],
            pidfd);
    }

    [SupportedOSPlatform("linux")]
    private static Libc.Credentials ReadCredentials(SafePipeHandle socket)
    {
        var errno = Libc.PeerCredentials(socket, out var credentials);
        return errno == 0 ? credentials : throw SystemCallException.ForCall("getsockopt(SO_PEERCRED)", null, errno);
    }

    [SupportedOSPlatform("windows")]
    private static PeerCredentials ReadPipe(SafePipeHandle pipe)
    {
        var error = Kernel32.PipeClientProcessId(pipe, out var processId);
        if (error != 0)
            throw SystemCallException.ForCall("GetNamedPipeClientProcessId", null, error);
        using var token = Kernel32.ProcessToken(processId, out error)
            ?? throw SystemCallException.ForCall(
                $"OpenProcessToken of process {processId}", null, error, "Run both processes as one user.");
        using var peer = new WindowsIdentity(token.DangerousGetHandle());
        using var own = WindowsIdentity.GetCurrent();
        var isSameUser = peer.User is not null && peer.User == own.User;
        return new PeerCredentials(
            ProcessIdentity.TryRead(processId, out var identity) ? identity : new ProcessIdentity(processId, 0),
            peer.User?.Value ?? "", isSameUser, isRoot: false, groups: [], pidfd: null);
    }
}
