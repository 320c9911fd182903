using System.IO.Pipes;
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
    private const int NoData = 232; // ERROR_NO_DATA
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Task, NamedPipeServerStream> _handlers = [];
    private Task _accepting = Task.CompletedTask;
    private bool _isFull; // of the one that accepts
    private int _arriving; // connections whose second descriptor, that of the process, has not been asked for yet

    /// <summary>Creates the pipe, so that what is wrong with it reaches the caller, and accepts from now on.</summary>
    public void Start()
    {
        var first = ServerPipe.Create(pipeName, groupId);
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
        KeyValuePair<Task, NamedPipeServerStream>[] handlers;
        lock (_gate) handlers = [.. _handlers];
        // Not by the token: it would keep a record for each of the most connections that there ever were.
        foreach (var (_, connected) in handlers) await connected.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(handlers.Select(handler => handler.Key)).ConfigureAwait(false);
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
                catch (IOException error) when (HasClientLeft(error))
                {
                    listening = await ReplaceAsync(listening).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // No descriptors are left, for instance. Whatever it is: a manager that no longer listens would be of no use, and in the next one's way.
                    Log.AcceptFailed(surroundings.Logger, retry, error);
                    listening = await ReplaceAsync(listening).ConfigureAwait(false);
                    Pause(ref retry);
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

    /// <summary>
    /// Windows: whether one has connected and gone again before it was let in. Nothing is wrong then with the pipe, and who comes next is not to wait for it.
    /// On Linux such a client is let in, and read to its end.
    /// </summary>
    private static bool HasClientLeft(IOException error) => OperatingSystem.IsWindows() && (error.HResult & 0xFFFF) == NoData;

    /// <summary>Another stream in the place of one that failed. The new one first: who comes meanwhile waits in it.</summary>
    private async Task<NamedPipeServerStream> ReplaceAsync(NamedPipeServerStream failed)
    {
        var next = await RecreateAsync(null).ConfigureAwait(false);
        await failed.DisposeAsync().ConfigureAwait(false);
        return next;
    }

    /// <summary>The next stream to listen on. Where there is none to be had, the connected client is given up for it rather than all that follow.</summary>
    private async Task<NamedPipeServerStream> RecreateAsync(NamedPipeServerStream? connected)
    {
        var retry = FirstRetryMilliseconds;
        while (true)
        {
            try
            {
                return ServerPipe.Create(pipeName, groupId);
            }
            catch (Exception error)
            {
                Log.AcceptFailed(surroundings.Logger, retry, error);
                if (connected is not null) await connected.DisposeAsync().ConfigureAwait(false);
                Pause(ref retry);
            }
        }
    }

    /// <summary>
    /// Waits before it is tried again, longer each time. On this thread: a timer may need to start one first, and without descriptors the runtime can start none.
    /// </summary>
    private void Pause(ref int retry)
    {
        if (_stopping.Token.WaitHandle.WaitOne(retry)) throw new OperationCanceledException(_stopping.Token);
        retry = Math.Min(retry * 2, LongestRetryMilliseconds);
    }

    private void Handle(NamedPipeServerStream connected)
    {
        if (!connected.IsConnected || IsOneTooMany(connected))
        {
            connected.Dispose();
            return;
        }
        Interlocked.Increment(ref _arriving);
        var handler = Task.Run(() => ServeAsync(connected));
        lock (_gate) _handlers.Add(handler, connected);
        handler.ContinueWith(
            ended =>
            {
                lock (_gate)
                {
                    _handlers.Remove(ended);
                    if (_handlers.Count < _handlers.Capacity / 4) _handlers.TrimExcess(_handlers.Capacity / 2); // give back what a flood has taken
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>
    /// Whether a connection would take the descriptors that the work for all others needs. It is closed without a word, so that a worker tries again as it does when no
    /// manager runs.
    /// </summary>
    private bool IsOneTooMany(NamedPipeServerStream connected)
    {
        var isOne = DescriptorLimit.IsNear(connected.SafePipeHandle, promised: Volatile.Read(ref _arriving));
        if (isOne && !_isFull) Log.TooManyConnections(surroundings.Logger, ConnectionCount);
        _isFull = isOne;
        return isOne;
    }

    private async Task ServeAsync(NamedPipeServerStream connected)
    {
        PeerCredentials peer;
        try
        {
            peer = PeerCredentials.Read(connected);
        }
        catch (ObjectDisposedException)
        {
            return; // the manager stops
        }
        catch (Exception error) // of whatever sort: nobody else would close the connection
        {
            Log.ConnectionRefused(surroundings.Logger, error.Message);
            await connected.DisposeAsync().ConfigureAwait(false);
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _arriving);
        }
        var connection = new ClientConnection(connected, peer, surroundings);
        await using (connection.ConfigureAwait(false))
        {
            if (IsAdmitted(peer)) await connection.RunAsync().ConfigureAwait(false);
            else connection.Refuse($"The manager of instance '{surroundings.Instance}' serves {Admitted}, not user {peer.UserId}.");
        }
    }

    private string Admitted => groupId is null ? "its own user" : $"its own user and group {groupId}";

    private bool IsAdmitted(PeerCredentials peer) => peer.IsSameUser || (groupId is { } group && peer.IsInGroup(group));
}
