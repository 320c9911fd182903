using EtsPersist.Mmf.Manager.HandOver;

namespace EtsPersist.Mmf.Manager.Tables;

/// <content>The table's place among others that go to their next owners at the same time, see <see cref="Succession"/>.</content>
internal sealed partial class TableActor
{
    private Action? _behind;

    /// <summary>Has the table offered to nobody until its turn. Threads: any; a table that takes its place before that awaits none.</summary>
    /// <returns>Where its turn is awaited, for <see cref="TakeTurn"/>; null where there is no table.</returns>
    public TableHandOver? AwaitTurn()
    {
        var handOver = Volatile.Read(ref _table)?.HandOver;
        handOver?.AwaitTurn();
        return handOver;
    }

    /// <summary>The table, which a dead owner has left, goes to the next one.</summary>
    /// <param name="awaited">Where its turn was awaited.</param>
    /// <param name="then">What is to be done once it is on its way; null if nothing stands behind it.</param>
    public void TakeTurn(TableHandOver? awaited, Action? then) => _queue.Post(() => Follow(awaited, then));

    /// <summary>The same for a table that nothing else is to come before: on the caller's thread, if it can be.</summary>
    public void TakeTurnAtOnce(TableHandOver? awaited, Action? then) => _queue.Run(() => Follow(awaited, then));

    private void Follow(TableHandOver? awaited, Action? then)
    {
        awaited?.TakeTurn();
        _behind += then;
        if (_table is not { } table)
        {
            _renamedTo?.OnDeath(); // no turn was awaited there: that went with the old name
            LetThrough();
            return;
        }
        table.HandOver.NoteDeath();
        Look(tidies: false);
    }

    /// <summary>What stands behind the table goes on.</summary>
    private void LetThrough()
    {
        var behind = _behind;
        _behind = null;
        behind?.Invoke();
    }
}
