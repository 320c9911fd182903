using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Steps;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>What clients ask for, and the configuration.</content>
internal sealed partial class TableActor
{
    /// <summary>Creates the table if there is none. An existing one stays as it is.</summary>
    /// <param name="definition">What it is to be.</param>
    /// <param name="mustBeNew">Whether an existing one is an error.</param>
    /// <param name="creator">Who asks; null where it is the manager itself.</param>
    /// <exception cref="TableExistsException">There is one, and it is of another kind or access, or was to be new.</exception>
    public Task<TableCreatedMessage> CreateAsync(
        TableDefinition definition, bool mustBeNew = false, WorkerRegistration? creator = null) => _queue.InvokeAsync(() =>
    {
        RequireUsable();
        if (_isReserved) throw new TableExistsException($"Table '{Name}' is about to be: another one is being renamed to it.");
        if (definition.GoesToCreator) RequireWaits(creator);
        if (_table is { } existing)
        {
            if (definition.GoesToCreator && TryReturnTo(creator!, existing)) return new TableCreatedMessage(existing.FileName, IsNew: true);
            if (mustBeNew) throw new TableExistsException($"Table '{existing.Location.Name}' exists. Open it, own it, or drop it first.");
            RequireSame(existing, definition);
            KeepForOthers(existing);
            return new TableCreatedMessage(existing.FileName, IsNew: false);
        }
        _creator = definition.GoesToCreator ? creator : null;
        return new TableCreatedMessage(Make(definition).FileName, IsNew: true);
    });

    /// <summary>Makes the table what the configuration says, as far as that can change.</summary>
    public Task<bool> ConfigureAsync(TableDefinition definition) => _queue.InvokeAsync(() =>
    {
        Mend();
        if (_problem is not null || _table is not { } existing) return false;
        if (existing.File.Kind != definition.Options.Kind || existing.File.Access != definition.Options.Access)
        {
            var (kind, access) = (definition.Options.Kind, definition.Options.Access);
            Log.DefinitionDiffers(_surroundings.Logger, Name, existing.File.Kind, existing.File.Access, kind, access);
        }
        existing.Redefine(definition with { Standing = existing.Definition.Standing });
        Look();
        return true;
    });

    /// <summary>Drops the table, for a worker that may; null stands for an operator, who may.</summary>
    public Task<bool> DropAsync(WorkerRegistration? worker) => _queue.InvokeAsync(() =>
    {
        if (TryDropDisabled()) return true;
        var table = RequireMayAdminister(worker, "drops");
        table.File.MarkDropped();
        _surroundings.Store.Reach(ManagerStep.DropMarked);
        Remove(table);
        return true;
    });

    /// <summary>An owner has offered its table to another worker; the answer comes with the acceptance, or is why there was none.</summary>
    public Task<bool> GiveAwayAsync(WorkerRegistration giver, GiveAwayMessage request)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Post(() =>
        {
            try
            {
                RequireUsable();
                Look(); // the owner may be quicker than its acceptance, and would be found among those that wait
                if (_table is not { } table) throw NotFound();
                var successor = FindSuccessor(request.ProcessId, request.WorkerId);
                table.HandOver.GiveAway(giver, successor, request.Epoch, request.GiftData, error =>
                {
                    if (error is null) ended.TrySetResult(true);
                    else ended.TrySetException(error);
                });
                Look();
            }
            catch (Exception error)
            {
                ended.TrySetException(error);
                if (error is not EtsException) throw; // which disables the table
            }
        });
        return ended.Task;
    }

    /// <summary>Keeps what an owner leaves for the next one. The release itself follows in the table's word.</summary>
    public Task<bool> PrepareReleaseAsync(WorkerRegistration worker, PrepareReleaseMessage request) => _queue.InvokeAsync(() =>
    {
        var table = RequireOwner(worker, request.Epoch);
        var departure = new Departure(request.Epoch, TransferReason.Released, new PreviousOwner(worker.Process.ProcessId, worker.Role), request.GiftData);
        table.Redefine(table.Definition with { Standing = table.Definition.Standing with { Departure = departure } });
        _surroundings.Store.Reach(ManagerStep.StandingWritten);
        return true;
    });

    /// <summary>Keeps who inherits the table.</summary>
    public Task<bool> SetHeirAsync(WorkerRegistration worker, SetHeirMessage request) => _queue.InvokeAsync(() =>
    {
        var table = RequireOwner(worker, request.Epoch);
        Heir? heir = null;
        if (request.ProcessId != 0 || request.WorkerId != 0)
        {
            var chosen = FindSuccessor(request.ProcessId, request.WorkerId);
            if (chosen.Process.IsDead) throw new TransferRejectedException($"Process {chosen.Process.ProcessId} is dead and cannot inherit table '{Name}'.");
            heir = new Heir(chosen.Identity, request.WorkerId, request.GiftData);
        }
        table.Redefine(table.Definition with { Standing = table.Definition.Standing with { Heir = heir } });
        _surroundings.Store.Reach(ManagerStep.StandingWritten);
        return true;
    });

    /// <summary>Hands the table over again although its owners kept dying on arrival.</summary>
    public Task<bool> EndQuarantineAsync() => _queue.InvokeAsync(() =>
    {
        RequireUsable();
        if (_table is not { } table) throw NotFound();
        if (table.Definition.Standing.QuarantinedUntil != 0)
        {
            table.Redefine(table.Definition with { Standing = table.Definition.Standing with { QuarantinedUntil = 0 } });
            Log.QuarantineEnded(_surroundings.Logger, Name);
        }
        table.HandOver.Pardon();
        Look();
        return true;
    });

    private OpenTable Make(TableDefinition definition)
    {
        var (location, file) = _surroundings.Store.Create(definition);
        _surroundings.Store.Reach(ManagerStep.TableMade);
        var table = Serve(location, file, definition);
        Log.TableCreated(_surroundings.Logger, Name, table.FileName);
        Look();
        return table;
    }

    /// <summary>The worker that is named, one that waits for this table if there are several.</summary>
    private WorkerRegistration FindSuccessor(int processId, ulong workerId)
    {
        var named = _surroundings.Workers.Find(processId, workerId).ToArray();
        return named.FirstOrDefault(worker => _claims.Find(worker) is not null) ?? named.FirstOrDefault()
            ?? throw new TransferRejectedException(
                $"Table '{Name}' can go to registered workers of this instance only; process {processId} has none{(workerId == 0 ? "" : $" with the id {workerId}")}.");
    }

    /// <summary>The table, for its owner; for anybody if it is public or nobody owns it.</summary>
    private OpenTable RequireMayAdminister(WorkerRegistration? worker, string does)
    {
        if (_table is null) throw NotFound();
        Look();
        if (_table is not { } table) throw NotFound();
        var isOthers = worker is not null && _problem is null && table.File.Access != TableAccess.Public && table.File.Ownership.State == OwnershipState.Owned
            && table.HandOver.Owner?.Process != worker.Process;
        return isOthers
            ? throw new NotOwnerException($"Table '{Name}' is {Lower(table.File.Access)} and owned by process {table.HandOver.Owner?.ProcessId}; only its owner {does} it.")
            : table;
    }

    private OpenTable RequireOwner(WorkerRegistration worker, uint epoch)
    {
        RequireUsable();
        if (_table is null) throw NotFound();
        Look();
        if (_table is { } table && table.File.Ownership is { State: OwnershipState.Owned } word && word.Epoch == epoch && table.HandOver.Owner?.Process == worker.Process)
            return table;
        throw new NotOwnerException($"Table '{Name}' is not owned by process {worker.Process.ProcessId} under epoch {epoch}.");
    }

    private void RequireSame(OpenTable existing, TableDefinition definition)
    {
        if (existing.File.Kind == definition.Options.Kind && existing.File.Access == definition.Options.Access) return;
        throw new TableExistsException(
            $"Table '{Name}' exists as {existing.File.Kind}, {existing.File.Access}; asked for is {definition.Options.Kind}, {definition.Options.Access}. "
            + "Own it as it is, or drop it first.");
    }

    private TableNotFoundException NotFound() => new($"There is no table '{Name}'.");

    private static string Lower(TableAccess access) => access.ToString().ToLowerInvariant();
}
