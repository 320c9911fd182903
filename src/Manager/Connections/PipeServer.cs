using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using EtsPersist.Mmf.Native.Os;

namespace EtsPersist.Mmf.Manager.Connections;

/// <summary>
/// Accepts connections on the instance's pipe. It excludes nobody: on Linux any process can take a pipe's place, which is why the lock file
/// comes first and the pipe may then replace one that a killed manager has left.
/// </summary>
/// <param name="pipeName">The pipe.</param>
/// <param name="groupId">The group whose members are admitted beside this user, or null.</param>
/// <param name="surroundings">What the connections share.</param>
internal sealed class PipeServer(string pipeName, uint? groupId, ConnectionSurroundings surroundings) : IAsyncDisposable
{
    private const int FirstRetryMilliseconds = 10;
    private const int LongestRetryMilliseconds = 1000;
    private const int BufferSize = 4096; // Windows: without any, each write waits for its reader
    private const UnixFileMode ForUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForGroup = ForUser | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _handlers = [];
    private Task _accepting = Task.CompletedTask;

    /// <summary>Creates the pipe, so that what is wrong with it reaches the caller, and accepts from now on.</summary>
    public void Start()
    {
        var first = CreateStream();
        _accepting = Task.Run(() => AcceptAsync(first));
    }

    /// <summary>How many connections there are now.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_gate) return _handlers.Count;
        }
    }

    /// <summary>Accepts no more, ends every connection and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        Task[] handlers;
        lock (_gate) handlers = [.. _handlers];
        await Task.WhenAll(handlers).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(NamedPipeServerStream first)
    {
        var listening = first;
        var retry = FirstRetryMilliseconds;
        try
        {
            while (true)
            {
                try
                {
                    await listening.WaitForConnectionAsync(_stopping.Token).ConfigureAwait(false);
                    var connected = listening;
                    // The next one first: between the two nobody is turned away.
                    listening = await RecreateAsync(connected).ConfigureAwait(false);
                    Handle(connected);
                    retry = FirstRetryMilliseconds;
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // One client that broke off or is another user's; or no descriptors are left.
                    Log.AcceptFailed(surroundings.Logger, retry, error);
                    var failed = listening;
                    listening = await RecreateAsync(null).ConfigureAwait(false); // first here too: who comes meanwhile waits in it
                    await failed.DisposeAsync().ConfigureAwait(false);
                    await Task.Delay(retry, _stopping.Token).ConfigureAwait(false);
                    retry = Math.Min(retry * 2, LongestRetryMilliseconds);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        finally
        {
            await listening.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The next stream to listen on. Where there is none to be had, the connected client is given up for it rather than all that follow.</summary>
    private async Task<NamedPipeServerStream> RecreateAsync(NamedPipeServerStream? connected)
    {
        var retry = FirstRetryMilliseconds;
        while (true)
        {
            try
            {
                return CreateStream();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Log.AcceptFailed(surroundings.Logger, retry, error);
                if (connected is not null) await connected.DisposeAsync().ConfigureAwait(false);
                await Task.Delay(retry, _stopping.Token).ConfigureAwait(false);
                retry = Math.Min(retry * 2, LongestRetryMilliseconds);
            }
        }
    }

    private void Handle(NamedPipeServerStream connected)
    {
        if (!connected.IsConnected)
        {
            connected.Dispose();
            return;
        }
        var handler = Task.Run(() => ServeAsync(connected));
        lock (_gate) _handlers.Add(handler);
        handler.ContinueWith(
            ended =>
            {
                lock (_gate) _handlers.Remove(ended);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task ServeAsync(NamedPipeServerStream connected)
    {
        PeerCredentials peer;
        try
        {
            peer = PeerCredentials.Read(connected);
        }
        catch (EtsException error)
        {
            Log.ConnectionRefused(surroundings.Logger, error.Message);
            await connected.DisposeAsync().ConfigureAwait(false);
            return;
        }
        var connection = new ClientConnection(connected, peer, surroundings);
        await using (connection.ConfigureAwait(false))
        {
            if (IsAdmitted(peer)) await connection.RunAsync(_stopping.Token).ConfigureAwait(false);
            else connection.Refuse($"The manager of instance '{surroundings.Instance}' serves {Admitted}, not user {peer.UserId}.");
        }
    }

    private string Admitted => groupId is null ? "its own user" : $"its own user and group {groupId}";

    private bool IsAdmitted(PeerCredentials peer) => peer.IsSameUser || (groupId is { } group && peer.IsInGroup(group));

    private NamedPipeServerStream CreateStream() => OperatingSystem.IsWindows() ? CreateWindowsStream() : CreateLinuxStream();

    /// <summary>
    /// Whom the permissions let through, its credentials are asked for. With CurrentUserOnly the base library would drop others without a word. The
    /// socket is made with the first stream and shared by all while there is one.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private NamedPipeServerStream CreateLinuxStream()
    {
        var stream = new NamedPipeServerStream(
            pipeName, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        try
        {
            File.SetUnixFileMode(pipeName, groupId is null ? ForUser : ForGroup);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    [SupportedOSPlatform("windows")]
    private NamedPipeServerStream CreateWindowsStream()
    {
        using var user = WindowsIdentity.GetCurrent();
        var security = new PipeSecurity();
        security.AddAccessRule(new PipeAccessRule(user.User!, PipeAccessRights.FullControl, AccessControlType.Allow));
        security.SetOwner(user.User!);
        return NamedPipeServerStreamAcl.Create(
            pipeName,
            PipeDirection.InOut,
            NamedPipeServerStream.MaxAllowedServerInstances,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous,
            BufferSize,
            BufferSize,
            security);
    }
}
