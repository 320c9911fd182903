namespace EtsPersist.Mmf.Manager.Tables;

/// <content>The table's place among others that go to their next owners at the same time, see <see cref="Succession"/>.</content>
internal sealed partial class TableActor
{
    private Action? _behind;

    /// <summary>Has the table offered to nobody until its turn.</summary>
    public void AwaitTurn() => Volatile.Read(ref _table)?.HandOver.AwaitTurn();

    /// <summary>The table, which a dead owner has left, goes to the next one.</summary>
    /// <param name="then">What is to be done once it is on its way; null if nothing stands behind it.</param>
    public void TakeTurn(Action? then) => _queue.Post(() => Follow(then));

    /// <summary>The same for a table that nothing else is to come before: on the caller's thread, if it can be.</summary>
    public void TakeTurnAtOnce(Action? then) => _queue.Run(() => Follow(then));

    private void Follow(Action? then)
    {
        _behind += then;
        if (_table is not { } table)
        {
            _renamedTo?.OnDeath(); // no turn was awaited there: that went with the old name
            LetThrough();
            return;
        }
        table.HandOver.TakeTurn();
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
