using EtsPersist.Mmf.Manager.Connections;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>
/// Renames. A table's files get their new names in its old place, which lets go of it; then its new place, which was kept free for it, serves it. Workers may
/// not have heard of that yet, so all places that the table has had send on what is sent to them, until the table is dropped or another one is here.
/// </content>
/// <remarks>
/// Protocol: <see cref="_renamedTo"/> and <see cref="_formerPlaces"/> are each of their place's own queue. A place that a table moves to takes over the former
/// places from the one that it leaves, which has told them before, by post, where they lead now; what the new place tells them comes behind that.
/// </remarks>
internal sealed partial class TableActor
{
    private HashSet<TableActor> _formerPlaces = []; // of the table that is here

    /// <summary>
    /// Where the table that was here last has gone, for what is still sent here. Null as soon as another one is here, for good: so these lead in no circle,
    /// however tables have changed their names.
    /// </summary>
    private TableActor? _renamedTo;
    private bool _isReserved;

    /// <summary>Keeps the name free for a table that is about to have it.</summary>
    /// <exception cref="TableExistsException">The name is taken.</exception>
    public Task<bool> ReserveAsync() => _queue.InvokeAsync(() =>
    {
        Mend();
        if (_isReserved || _table is not null || _problem is not null) throw new TableExistsException($"The name '{Name}' is taken by another table.");
        return _isReserved = true;
    });

    public void Unreserve() => _queue.Post(() =>
    {
        _isReserved = false;
        TryGiveUp();
    });

    /// <summary>Gives the table's files their new names and lets the table go from this place, for a worker that may or an operator.</summary>
    public Task<MovedTable> MoveOutAsync(WorkerRegistration? worker, TableActor target, string newName) => _queue.InvokeAsync(() =>
    {
        RequireUsable();
        var table = RequireMayAdminister(worker, "renames");
        var definition = table.Definition with { Id = newName };
        var location = _surroundings.Store.Rename(table, definition);
        _surroundings.Events.Renamed(Name, newName, Path.GetFileName(location.Path));
        Volatile.Write(ref _table, null);
        _renamedTo = target;
        var places = _formerPlaces;
        _formerPlaces = [];
        places.Remove(target);
        foreach (var place in places) place.Redirect(this, target);
        places.Add(this);
        return new MovedTable(new OpenTable(location, table.File, definition) { HandOver = table.HandOver }, places);
    });

    /// <summary>Serves a table that had another name until now.</summary>
    public Task<bool> MoveInAsync(MovedTable moved) => _queue.InvokeAsync(() =>
    {
        _isReserved = false;
        _formerPlaces.ExceptWith(moved.FormerPlaces); // they led here for another table before, and do so for this one
        var table = Serve(moved.Table.Location, moved.Table.File, moved.Table.Definition);
        _formerPlaces = moved.FormerPlaces;
        table.HandOver.Continue(moved.Table.HandOver, "it was renamed meanwhile");
        Look();
        return true;
    });

    /// <summary>The table that was here before is here no more: nothing needs to be sent on to it.</summary>
    private void ReleaseFormerPlaces()
    {
        foreach (var place in _formerPlaces) place.Redirect(this, null);
        _formerPlaces = [];
    }

    private void Redirect(TableActor from, TableActor? to) => _queue.Post(() =>
    {
        if (!ReferenceEquals(_renamedTo, from)) return;
        _renamedTo = to;
        TryGiveUp();
    });
}
