using System.Buffers.Binary;
using System.Security.Cryptography;
using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>
/// A worker's standing with the manager: what it waits for, what it owns, and the connection that carries both. Managers come and go; the
/// claims and the tables stay, and each connection begins by stating them.
/// </summary>
/// <remarks>
/// Threads: any, beside one of its own that reads the connection by blocking, so that an offer is answered without a pool's delay, and one
/// that takes its place when it goes on with a caller.
/// Failure: a lost connection is none; a manager that refuses the worker ends the session, and every call says why.
/// </remarks>
internal sealed partial class WorkerSession(InstanceDirectory directory, string role, EtsWorkerOptions options) : IAsyncDisposable
{
    /// <summary>How long a worker that ends waits for the manager: longer than an offer stands that it has made.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    /// <summary>How often it is asked after that whether it still waits.</summary>
    private static readonly TimeSpan FarewellPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingClaim> _claims = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OwnedTableHandle> _owned = [];
    private readonly HashSet<Task> _background = [];
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly ArrivalThreads _arrivals = new();
    private ManagerConnection? _connection;
    private Exception? _fault;
    private bool _isStarted;
    private bool _stopping;

    /// <summary>Where the instance lies.</summary>
    public InstanceDirectory Directory => directory;

    /// <summary>The worker's number, over all its connections.</summary>
    public ulong WorkerId { get; } = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <summary>Whether a manager knows this worker at the moment.</summary>
    public bool IsConnected => Volatile.Read(ref _connection) is not null && _registered.Task.IsCompletedSuccessfully;

    /// <summary>Starts the session's thread; completes when a manager has registered the worker.</summary>
    public Task StartAsync()
    {
        _isStarted = true;
        _connectingSince = TimeProvider.System.GetTimestamp();
        new Thread(Run) { IsBackground = true, Name = "etspersist session" }.Start();
        return _registered.Task;
    }

    /// <summary>Waits for a table.</summary>
    public Task<TTable> OwnAsync<TTable>(string name, EtsTableOptions? tableOptions, TableFace<TTable> face, CancellationToken cancellationToken)
        where TTable : IAsyncDisposable
    {
        Names.RequireValid("table", name);
        cancellationToken.ThrowIfCancellationRequested();
        var claim = new TypedClaim<TTable>(name, tableOptions, face);
        _arrivals.Prepare(read: Run);
        ArrivedTable? arrived;
        lock (_gate)
        {
            RequireRunning();
            if (_owned.Exists(handle => IsNamed(handle, name))) throw new InvalidOperationException($"This worker owns the table '{name}' already; dispose it first.");
            arrived = TakeArrived(name);
            if (arrived is null && !_claims.TryAdd(name, claim)) throw new InvalidOperationException($"This worker waits for the table '{name}' already.");
        }
        if (arrived is not null)
        {
            claim.Complete(arrived.Handle, arrived.Transfer)?.Invoke();
            return claim.Task;
        }
        Track(Task.Run(() => RehearseAndClaimAsync(claim), CancellationToken.None));
        claim.CancelWith(cancellationToken.UnsafeRegister(static (state, token) =>
        {
            var (session, cancelled) = ((WorkerSession, TypedClaim<TTable>))state!;
            if (session.Withdraw(cancelled)) cancelled.Cancel(token);
        }, (this, claim)));

        // Not awaited here: the caller is to go on with nothing in between when the table comes.
        return claim.Task;
    }

    /// <summary>Has an offer arrive that no manager made, for a rehearsal: from the frame to the caller's table it goes the way of a real one.</summary>
    /// <param name="table">A table that has been offered, and which nobody else knows.</param>
    /// <param name="epoch">The epoch of the offer.</param>
    public Task<EtsTable<TKey, TValue>> Rehearse<TKey, TValue>(TableLocation table, uint epoch)
    {
        var claim = new TypedClaim<EtsTable<TKey, TValue>>(table.Name, null, TableFaces.Pairs<TKey, TValue>());
        _arrivals.Prepare(read: static () => { });
        lock (_gate) _claims.Add(claim.Table, claim);
        claim.Prepare(table);
        var offer = new OfferMessage(table.Name, Path.GetFileName(table.Path), epoch, TransferReason.OwnerDied, 1, role, default);
        new Thread(() => Rehearse(claim, offer)) { IsBackground = true, Name = "etspersist rehearsal" }.Start();
        return claim.Task;
    }

    /// <summary>Releases every table, gives up every claim and ends the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        PendingClaim[] claims;
        OwnedTableHandle[] owned;
        lock (_gate)
        {
            _stopping = true;
            claims = [.. _claims.Values];
            owned = [.. _owned, .. _arrived.Select(arrived => arrived.Handle)];
            _claims.Clear();
            _arrived.Clear();
        }
        using var farewell = new Timer(static session => ((WorkerSession)session!).EndFarewell(), this, LongestFarewell, FarewellPause);
        foreach (var claim in claims)
        {
            claim.Fail(new ObjectDisposedException(nameof(EtsWorker)));
            claim.Close();
        }
        foreach (var handle in owned.OrderBy(handle => handle.File.Incarnation)) await handle.CloseAsync().ConfigureAwait(false);
        Task[] background;
        lock (_gate) background = [.. _background];
        await Task.WhenAll(background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        _transfers.Writer.TryComplete();
        while (_transfers.Reader.TryRead(out _))
        {
            // Of a table that has been released above.
        }
        if (_isStarted) await _ended.Task.ConfigureAwait(false);
        _stop.Dispose();
        _arrivals.Dispose();
    }

    /// <summary>Keeps work that nobody awaits until it ends or the session does.</summary>
    public void Track(Task work)
    {
        lock (_gate) _background.Add(work);
        work.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                lock (_gate) _background.Remove(ended);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The table of a claim exists: now it can be waited for.</summary>
    public void OnCreated(PendingClaim claim, string fileName)
    {
        Prepare(claim, fileName);
        lock (_gate)
        {
            claim.IsCreated = true;
            if (!claim.IsFirst && _connection is { } connection && IsWaiting(claim)) EnqueueClaim(connection, claim);
        }
        Flush();
    }

    /// <summary>Opens the file of a claimed table beforehand, elsewhere: other tables' offers must not wait for it.</summary>
    public void Prepare(PendingClaim claim, string fileName)
    {
        var location = directory.Locate(fileName);
        Track(Task.Run(() => claim.Prepare(location)));
    }

    /// <summary>A table was released in its file; the manager is told so that it need not find out.</summary>
    public void OnReleased(OwnedTableHandle handle)
    {
        lock (_gate)
        {
            _owned.Remove(handle);
            _connection?.Enqueue(0, new ReleasedMessage(handle.Table, handle.Epoch));
        }
        Flush();
    }

    /// <summary>A table is another worker's.</summary>
    public void Forget(OwnedTableHandle handle)
    {
        lock (_gate) _owned.Remove(handle);
    }

    /// <summary>A table that was to be given away is this worker's again, under another epoch.</summary>
    public void OnTakenBack(OwnedTableHandle handle)
    {
        lock (_gate) _connection?.Enqueue(0, new AcceptedMessage(handle.Table, handle.Epoch));
        Flush();
    }

    /// <summary>The table of a name, which this worker owns.</summary>
    /// <exception cref="NotOwnerException">It does not.</exception>
    public OwnedTableHandle RequireOwned(string name)
    {
        Names.RequireValid("table", name);
        lock (_gate)
        {
            RequireRunning();
            return _owned.Find(handle => IsNamed(handle, name))
                ?? throw new NotOwnerException($"This worker does not own a table '{name}'. Await it with OwnAsync.");
        }
    }

    /// <summary>Ends a claim that cannot come true.</summary>
    public void End(PendingClaim claim, Exception error)
    {
        lock (_gate)
        {
            if (IsWaiting(claim)) _claims.Remove(claim.Table);
        }
        claim.Fail(error);
        claim.Close();
    }

    /// <summary>Gives up a claim for its caller; false if it is over already.</summary>
    private bool Withdraw(PendingClaim claim)
    {
        lock (_gate)
        {
            if (!IsWaiting(claim)) return false;
            _claims.Remove(claim.Table);
            _connection?.Enqueue(0, new UnclaimMessage(claim.Table));
        }
        Flush();
        claim.Close();
        return true;
    }

    /// <summary>Waits in the manager's queue only once the arrival is rehearsed: one who is not ready would hold the table up, and others may be.</summary>
    private async Task RehearseAndClaimAsync<TTable>(TypedClaim<TTable> claim)
        where TTable : IAsyncDisposable
    {
        await claim.Face.Rehearse(directory).ConfigureAwait(false);
        lock (_gate)
        {
            claim.IsRehearsed = true;
            if (_connection is { } connection && IsWaiting(claim)) EnqueueClaim(connection, claim);
        }
        Flush();
    }

    private bool IsWaiting(PendingClaim claim) => _claims.TryGetValue(claim.Table, out var known) && ReferenceEquals(known, claim);

    /// <summary>A give-away, which waits for the manager to answer, takes its table back now; a manager that is stopped would never answer, nor read.</summary>
    private void EndFarewell()
    {
        FailRequests();
        Volatile.Read(ref _connection)?.CloseIfStuck();
    }

    private void RequireRunning()
    {
        ObjectDisposedException.ThrowIf(_stopping, typeof(EtsWorker));
        if (_fault is { } fault) throw new ManagerRefusedException($"The session of role '{role}' has ended: {fault.Message}", fault);
    }

    private ManagerNotRunningException ConnectionLost() => new(
        $"There is no connection to the manager of instance '{directory.Instance}'; the session looks for one. Start one: {directory.StartCommand}");
}
