using EtsPersist.Mmf.Protocol;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf;

/// <content>What a worker does with tables by name. All of it goes through the manager, whose answer is awaited without holding a thread.</content>
public sealed partial class EtsWorker
{
    /// <summary>Creates a table for workers of this one's role, without waiting for it. ETS: <c>new/2</c> with <c>named_table</c>.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="options">What to create; null for <see cref="EtsTableOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the table may be created all the same.</param>
    /// <remarks>When it completes, every process finds the table under its name. To own it, call <c>OwnAsync</c>; to create it only where it is missing, call that one with options.</remarks>
    /// <exception cref="TableExistsException">There is a table of that name; it stays as it is.</exception>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The table would be local and not public.</exception>
    /// <exception cref="TableFullException">There is no space for a new table.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which does not know one of the options; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">The connection was lost; whether the table is created is open.</exception>
    public Task CreateAsync(string name, EtsTableOptions? options = null, CancellationToken cancellationToken = default)
    {
        Names.RequireValid("table", name);
        options ??= EtsTableOptions.Default;
        options.RequireValid();
        return RequireNewAsync(_session.RequestAsync<CreateTableMessage, TableCreatedMessage>(options.ToMessage(name, Role, mustBeNew: true), cancellationToken));

        // A manager of version 1 does not know that it must be, and answers with the table that there is.
        async Task RequireNewAsync(Task<TableCreatedMessage> creating)
        {
            var created = await creating.ConfigureAwait(false);
            if (!created.IsNew) throw new TableExistsException($"Table '{name}' exists. Open it, own it, or drop it first.");
        }
    }

    /// <summary>
    /// Gives a table another name: one that this process owns or nobody does, or any public one. The old name is free at once; whoever has the table
    /// open goes on with it. ETS: <c>rename/2</c>.
    /// </summary>
    /// <param name="name">The name that it has.</param>
    /// <param name="newName">The name that it is to have.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the table may be renamed all the same.</param>
    /// <remarks>Workers that wait for the old name wait for another table of it; those that wait for the new name are handed this one.</remarks>
    /// <exception cref="TableNotFoundException">There is no such table.</exception>
    /// <exception cref="TableExistsException">The new name is taken; nothing has changed.</exception>
    /// <exception cref="NotOwnerException">Another process owns the table, and it is not public.</exception>
    /// <exception cref="InvalidNameException">It is no name.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">The connection was lost; whether the table is renamed is open.</exception>
    public Task RenameAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        Names.RequireValid("table", name);
        Names.RequireValid("table", newName);
        return _session.RequestAsync<RenameTableMessage, DoneMessage>(new RenameTableMessage(name, newName), cancellationToken);
    }

    /// <summary>Drops a table with all its rows: one that this process owns or nobody does, or any public one. ETS: <c>delete/1</c>.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the table may be dropped all the same.</param>
    /// <remarks>A table that is disabled, since its file cannot be opened or contradicts itself, may be dropped by any worker.</remarks>
    /// <exception cref="TableNotFoundException">There is no such table.</exception>
    /// <exception cref="NotOwnerException">Another process owns the table, and it is not public.</exception>
    /// <exception cref="ManagerNotRunningException">The connection was lost; whether the table is dropped is open.</exception>
    public Task DropAsync(string name, CancellationToken cancellationToken = default)
    {
        Names.RequireValid("table", name);
        return _session.RequestAsync<DropTableMessage, DoneMessage>(new DropTableMessage(name), cancellationToken);
    }

    /// <summary>
    /// Changes who may read and write a table of this worker, for all processes at once. When it completes, no write is under way any more that
    /// the new access forbids. ETS: <c>setopts/2</c> with <c>protection</c>.
    /// </summary>
    /// <param name="name">The table's name.</param>
    /// <param name="access">Who may from now on.</param>
    /// <remarks>Needs no manager. Reads that have begun end as they would have. A kill in between leaves the access as it was.</remarks>
    /// <exception cref="NotOwnerException">This worker does not own the table.</exception>
    /// <exception cref="TableBusyException">A living process did not end its write in time; the access is as it was.</exception>
    public Task SetAccessAsync(string name, TableAccess access)
    {
        var file = _session.RequireOwned(name).File;
        return Task.Run(() => file.SetAccess(access));
    }

    /// <summary>All tables of the instance, in the order of their names. ETS: <c>all/0</c>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Each table as it stood at a moment during the call; tables that are created or dropped meanwhile may be there or not.</returns>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version and cannot list them; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">There is no connection.</exception>
    public async Task<IReadOnlyList<EtsTableInfo>> ListTablesAsync(CancellationToken cancellationToken = default)
    {
        var tables = new List<EtsTableInfo>();
        for (var request = new ListTablesMessage(After: null); request is not null;)
        {
            var page = await _session.RequestAsync<ListTablesMessage, TableListMessage>(request, cancellationToken).ConfigureAwait(false);
            tables.AddRange(page.Tables.Select(summary => summary.ToInfo()));
            request = page.Next();
        }
        return tables;
    }

    /// <summary>A table as it stands: who owns it, who inherits it, its epoch, its size. ETS: <c>info/1</c>.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The table, or null if there is none of that name.</returns>
    /// <exception cref="ManagerNotRunningException">There is no connection.</exception>
    public async Task<EtsTableInfo?> FindTableAsync(string name, CancellationToken cancellationToken = default)
    {
        Names.RequireValid("table", name);
        if (!_session.ManagerKnows(MessageType.DescribeTable))
        {
            var tables = await ListTablesAsync(cancellationToken).ConfigureAwait(false);
            return tables.FirstOrDefault(table => string.Equals(table.Name, name, StringComparison.OrdinalIgnoreCase));
        }
        var answer = await _session.RequestAsync<DescribeTableMessage, TableListMessage>(new DescribeTableMessage(name), cancellationToken).ConfigureAwait(false);
        return answer.Tables.Count > 0 ? answer.Tables[0].ToInfo() : null;
    }

    /// <summary>The workers that are registered with the instance's manager, those that registered first in front.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">There is no connection.</exception>
    public async Task<IReadOnlyList<EtsWorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _session.RequestAsync<ListWorkersMessage, WorkerListMessage>(new ListWorkersMessage(), cancellationToken).ConfigureAwait(false);
        return [.. answer.Workers.Select(summary => summary.ToInfo())];
    }

    /// <summary>Has a table handed over again that is in quarantine because its owners kept dying on arrival.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="TableNotFoundException">There is no such table.</exception>
    /// <exception cref="ManagerRefusedException">The manager is of an earlier version, which cannot do it; the message names the remedy.</exception>
    /// <exception cref="ManagerNotRunningException">The connection was lost; whether the quarantine has ended is open.</exception>
    public Task EndQuarantineAsync(string name, CancellationToken cancellationToken = default)
    {
        Names.RequireValid("table", name);
        return _session.RequestAsync<EndQuarantineMessage, DoneMessage>(new EndQuarantineMessage(name), cancellationToken);
    }
}
