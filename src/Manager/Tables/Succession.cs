using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tables;

/// <summary>
/// Tables that go to their next owners one behind the other, in the order of their creation: in that they are offered, and so arrive at a common owner.
/// None is offered before its turn, whatever else has it looked at meanwhile; the turn goes on when a table has been looked at, whatever came of it, but
/// for the moment in which the kernel has yet to drop its dead owner's lock.
/// </summary>
/// <remarks>
/// Threads: made by one, which makes known what it is made for and then lets it begin. What is not settled by then does not hold up the others: a
/// user's rule that has yet to answer, an heir that has yet to come, a table that is held back.
/// </remarks>
internal sealed class Succession
{
    private readonly (TableActor Table, TableHandOver? Awaited)[] _places;

    public Succession(List<TableActor> tables)
    {
        if (tables.Count > 1) tables.Sort(static (one, other) => one.Incarnation.CompareTo(other.Incarnation));
        _places = [.. tables.Select(static table => (table, table.AwaitTurn()))];
    }

    /// <summary>Lets the first one go, on this thread if it can be.</summary>
    public void Begin()
    {
        if (_places.Length > 0) _places[0].Table.TakeTurnAtOnce(_places[0].Awaited, After(0));
    }

    private Action? After(int place) =>
        place + 1 < _places.Length ? () => _places[place + 1].Table.TakeTurn(_places[place + 1].Awaited, After(place + 1)) : null;
}
