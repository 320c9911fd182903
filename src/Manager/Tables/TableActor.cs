using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Manager.Dispatching;
using EtsPersist.Mmf.Manager.HandOver;
using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>
/// Everything that the manager does with one table name: its file if there is one, its queue of workers, its hand-overs. Nothing here is shared
/// with other tables, and an error disables this table alone.
/// </summary>
/// <remarks>Threads: public members only post to the table's own queue, where all work is done one piece after the other. Blocking: none.</remarks>
internal sealed partial class TableActor : IDisposable
{
    /// <summary>After which it is looked again at the latest: timers take no time of many weeks, which a clock that was set back may ask for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TableSurroundings _surroundings;
    private readonly Action<TableActor> _giveUp;
    private readonly SerialQueue _queue;
    private readonly ClaimQueue _claims = new();
    private readonly Timer _timer;
    private OpenTable? _table;

    /// <param name="name">The name.</param>
    /// <param name="surroundings">What all tables share.</param>
    /// <param name="giveUp">Takes the place out of the directory; called once at most, when it is empty.</param>
    public TableActor(string name, TableSurroundings surroundings, Action<TableActor> giveUp)
    {
        Name = name;
        _surroundings = surroundings;
        _giveUp = giveUp;
        _queue = new SerialQueue(surroundings.Dispatcher, Disable);
        _timer = new Timer(static actor => ((TableActor)actor!).Poke(), this, Timeout.Infinite, Timeout.Infinite);
    }

    public string Name { get; }

    /// <summary>Looks at the table's word and does what comes next; a worker may not have heard yet that it has another name.</summary>
    public void Poke() => _queue.Post(() =>
    {
        if (_table is null) _renamedTo?.Poke();
        else Look();
    });

    /// <summary>Which table it is among all that the instance ever had; their order is that of creation. 0 where there is none.</summary>
    public ulong Incarnation => Volatile.Read(ref _table)?.Location.Incarnation ?? 0;

    /// <summary>Whether the table waits for its heir to connect.</summary>
    public bool AwaitsHeir => Volatile.Read(ref _table)?.HandOver.AwaitsHeir ?? false;

    /// <summary>Whether the process had the table at the last look, or was to have it: those tables come first when it dies.</summary>
    public bool IsWith(IOwnerProcess process) => Volatile.Read(ref _table)?.HandOver.IsWith(process) ?? false;

    /// <summary>A process has died that may have written here.</summary>
    public void OnDeath() => _queue.Post(() =>
    {
        if (_table is null) _renamedTo?.OnDeath(); // it got its other name while the dead one's tables were gathered
        else _table.HandOver.NoteDeath();
        Look();
    });

    /// <summary>Looks at the table, and completes when that is done: what is asked for next may be about one that is to come behind it.</summary>
    public Task LookAsync()
    {
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Post(() =>
        {
            try
            {
                if (_table is null) _renamedTo?.Poke();
                else Look(tidies: false);
            }
            finally
            {
                looked.SetResult();
            }
        });
        return looked.Task;
    }

    /// <summary>Puts a worker into the queue, to be looked at next. The answer is the table's file name, or null while there is none.</summary>
    public Task<string?> ClaimAsync(WorkerRegistration worker, TimeSpan waited) => _queue.InvokeAsync(() =>
    {
        RequireUsable();
        if (_table is { } table && !table.Definition.Admits(worker.Role)) throw OtherRole(table, worker);
        _claims.Add(worker, Now - waited);
        _surroundings.Events.Waiting(Name, worker.Process.ProcessId);
        return _table?.FileName;
    });

    /// <summary>A worker waits no longer.</summary>
    public void Unclaim(WorkerRegistration worker) => _queue.Post(() =>
    {
        _claims.Remove(worker);
        _table?.HandOver.Cancel(worker, "the worker waits no longer");
        Look();
    });

    /// <summary>A worker's connection has ended; alive or not, nothing can be offered over it.</summary>
    public void Forget(WorkerRegistration worker) => _queue.Post(() =>
    {
        _claims.Forget(worker);
        _table?.HandOver.Cancel(worker, "the connection ended");
        Look();
    });

    public void Decline(WorkerRegistration worker, uint epoch, string why) => _queue.Post(() =>
    {
        if (ReferenceEquals(_creator, worker)) _creator = null;
        _table?.HandOver.Decline(worker, epoch, $"the worker declined: {why}");
        Look();
    });

    /// <summary>A worker says that it owns the table: one that came back, or one that has accepted.</summary>
    public void Bind(WorkerRegistration worker, uint epoch) => _queue.Post(() =>
    {
        if (_table is null)
        {
            _renamedTo?.Bind(worker, epoch);
            return;
        }
        Look();
        _table?.HandOver.Bind(worker, epoch);
        Look();
    });

    /// <summary>Closes the file. The dispatcher has stopped.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Interlocked.Exchange(ref _table, null)?.File.Dispose(); // let go of as well: what is reachable stays mapped
    }

    private TimeSpan Now => _surroundings.Time.GetElapsedTime(0);

    private OpenTable Serve(TableLocation location, TableFile file, TableDefinition definition)
    {
        var table = new OpenTable(location, file, definition);
        table.Kept = new HandOverReporter(table, _surroundings, Poke);
        table.HandOver = new TableHandOver(
            new TableFileOwnership(file, _surroundings.Store.Reach), _claims, _surroundings.Policy, table.Kept, _surroundings.Time);
        foreach (var stranger in _claims.RemoveAll(claimant => !definition.Admits(claimant.Role)))
        {
            if (stranger is WorkerRegistration worker) worker.RefuseClaim(Name, OtherRole(table, worker));
        }
        _renamedTo = null;
        if (_table is null) ReleaseFormerPlaces(); // else it is the same table, and they lead to it still
        _unopened = null;
        Volatile.Write(ref _table, table);
        return table;
    }

    private void Look(bool tidies = true)
    {
        try
        {
            Advance(tidies);
        }
        finally
        {
            if (_problem is not null || _table is not { HandOver.AwaitsLock: true }) LetThrough();
            TryGiveUp();
        }
    }

    private void Advance(bool tidies)
    {
        if (_problem is not null || _table is not { } table) return;
        if (table.File.IsDropped)
        {
            Remove(table);
            return;
        }
        if (TryDropForsaken(table)) return;
        var again = table.HandOver.Look(tidies);
        _surroundings.Events.Wake();
        _timer.Change(again is { } wait ? (long)Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds)) : Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Finishes a drop. Workers that wait go on to: a table of the name may come again.</summary>
    private void Remove(OpenTable table)
    {
        table.HandOver.Close("it was dropped");
        table.File.Dispose();
        Volatile.Write(ref _table, null);
        _problem = null;
        ReleaseFormerPlaces();
        try
        {
            _surroundings.Store.Remove(table.Location);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It says itself that it is dropped, and the next start removes it.
            Log.DroppedFileStays(_surroundings.Logger, table.FileName, error.Message);
        }
        OnDropped(table.Definition);
    }

    /// <summary>The place is empty. It gets another table where the one that was here is to be made anew.</summary>
    private void OnDropped(TableDefinition? definition)
    {
        _surroundings.Events.Dropped(Name);
        try
        {
            if (definition is { IsRecreated: true }) Make(definition with { Standing = TableStanding.None, GoesToCreator = false });
        }
        finally
        {
            TryGiveUp();
        }
    }

    private ManagerRefusedException OtherRole(OpenTable table, WorkerRegistration worker) => table.Definition.IsLocal
        ? new($"Table '{Name}' stays with the manager: nobody owns it. Open it with EtsTable.Open.")
        : new($"Table '{Name}' is for workers of role '{table.Definition.FindMe?.Role}'; this one is registered as '{worker.Role}'.");
}
