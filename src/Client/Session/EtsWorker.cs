using EtsPersist.Mmf.Session;

namespace EtsPersist.Mmf;

/// <summary>
/// A worker: a process, or a part of one, that owns tables under a role. The manager hands it tables; if the process dies, the next worker of
/// the role gets them. Kazoo: the process that its table manager, <c>kazoo_etsmgr_srv</c>, finds and gives the table to.
/// </summary>
/// <remarks>
/// Threads: any. Blocking: none; the session has a thread of its own. Lifetime: a manager that goes away is invisible to owned tables; the
/// session reconnects by itself. Disposal releases every table.
/// </remarks>
/// <example>
/// <code>
/// await using var worker = await EtsWorker.ConnectAsync("billing");
/// await using var accounts = await worker.OwnAsync&lt;string, Account&gt;("accounts", new EtsTableOptions()); // waits for the table
/// accounts.Insert("alice", new Account(100));
/// </code>
/// </example>
public sealed partial class EtsWorker : IAsyncDisposable
{
    private readonly WorkerSession _session;
    private readonly Lazy<Task> _stopped;

    private EtsWorker(string role, WorkerSession session)
    {
        Role = role;
        _session = session;
        _stopped = new Lazy<Task>(() => session.DisposeAsync().AsTask());
    }

    /// <summary>The role that the worker registered under.</summary>
    public string Role { get; }

    /// <summary>The worker's number, by which others give it tables. It stays the same over all connections.</summary>
    public ulong Id => _session.WorkerId;

    /// <summary>Whether the worker is connected to a manager at the moment. Owned tables do not depend on it.</summary>
    public bool IsConnected => _session.IsConnected;

    /// <summary>Connects to the instance's manager and registers under a role.</summary>
    /// <param name="role">The role: which tables' find-me rules may choose this worker.</param>
    /// <param name="options">The instance and more; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ManagerNotRunningException">
    /// No manager answered within <see cref="EtsWorkerOptions.ConnectTimeout"/>; one that takes the connection has a second at least.
    /// </exception>
    /// <exception cref="ManagerRefusedException">The manager refused the worker; the message says why.</exception>
    /// <exception cref="InvalidNameException">The role or the instance is no name.</exception>
    /// <exception cref="InstanceDirectoryException">The instance's directory belongs to another user, or others may reach into it.</exception>
    public static async Task<EtsWorker> ConnectAsync(string role, EtsWorkerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= EtsWorkerOptions.Default;
        Names.RequireValid("role", role);
        options.RequireValid();
        cancellationToken.ThrowIfCancellationRequested();
        var worker = new EtsWorker(role, new WorkerSession(new InstanceDirectory(options.Instance, options.Directory, options.Group), role, options));
        try
        {
            await worker._session.StartAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the table is this worker's. It need not exist yet.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Gives the wait up; a table that arrives at the same moment is released again.</param>
    /// <returns>The table; its <c>Transfer</c> tells how it arrived. Disposing it releases it to the next worker.</returns>
    /// <remarks>
    /// A table that was given to this worker or inherited by it completes the call at once. Waits without limit, also for a table that nobody ever creates;
    /// pass a token.
    /// </remarks>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    /// <exception cref="ManagerRefusedException">The table is for workers of another role, or stays with the manager: <c>EtsTable.Open</c> opens it.</exception>
    /// <exception cref="TableSchemaException">The table's rows are of other types.</exception>
    /// <exception cref="UnsupportedTypeException">A type cannot be stored; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">This worker owns the table or waits for it already.</exception>
    /// <exception cref="ObjectDisposedException">The worker is disposed, or was before the table came.</exception>
    public Task<EtsTable<TKey, TValue>> OwnAsync<TKey, TValue>(string name, CancellationToken cancellationToken = default) =>
        _session.OwnAsync(name, null, TableFaces.Pairs<TKey, TValue>(), cancellationToken);

    /// <summary>Creates the table if there is none of that name, for workers of this one's role, and waits until it is this worker's.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="options">What to create.</param>
    /// <param name="cancellationToken">Gives the wait up; a table that arrives at the same moment is released again.</param>
    /// <returns>The table; its <c>Transfer</c> tells how it arrived. Disposing it releases it to the next worker.</returns>
    /// <remarks>
    /// Waits without limit while another worker owns the table; pass a token. Nobody owns a table that is to stay with the manager
    /// (<see cref="EtsTableOptions.IsLocal"/>): <see cref="CreateAsync"/> makes it, and <c>EtsTable.Open</c> opens it.
    /// </remarks>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The table would be local and not public.</exception>
    /// <exception cref="TableExistsException">A table of that name is of another kind or access.</exception>
    /// <exception cref="TableFullException">There is no space for a new table.</exception>
    /// <exception cref="ManagerRefusedException">The table is for workers of another role, or stays with the manager.</exception>
    /// <exception cref="TableSchemaException">The table's rows are of other types.</exception>
    /// <exception cref="UnsupportedTypeException">A type cannot be stored; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">This worker owns the table or waits for it already.</exception>
    /// <exception cref="ObjectDisposedException">The worker is disposed, or was before the table came.</exception>
    public Task<EtsTable<TKey, TValue>> OwnAsync<TKey, TValue>(string name, EtsTableOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireValid();
        return _session.OwnAsync(name, options, TableFaces.Pairs<TKey, TValue>(), cancellationToken);
    }

    /// <summary>Waits until the table, whose rows have their key as a member, is this worker's. It need not exist yet.</summary>
    /// <inheritdoc cref="OwnAsync{TKey, TValue}(string, CancellationToken)"/>
    public Task<EtsTable<TRow>> OwnAsync<TRow>(string name, CancellationToken cancellationToken = default) =>
        _session.OwnAsync(name, null, TableFaces.Rows<TRow>(), cancellationToken);

    /// <summary>Creates the table, whose rows have their key as a member, if there is none of that name, and waits until it is this worker's.</summary>
    /// <inheritdoc cref="OwnAsync{TKey, TValue}(string, EtsTableOptions, CancellationToken)"/>
    public Task<EtsTable<TRow>> OwnAsync<TRow>(string name, EtsTableOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireValid();
        return _session.OwnAsync(name, options, TableFaces.Rows<TRow>(), cancellationToken);
    }

    /// <summary>
    /// Releases every owned table, gives up what is waited for, and ends the session. Waits for this process's writers in flight, and for what the manager has
    /// been asked, 5 seconds at most.
    /// </summary>
    public ValueTask DisposeAsync() => new(_stopped.Value);
}
