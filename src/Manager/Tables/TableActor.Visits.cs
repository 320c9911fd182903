namespace EtsPersist.Mmf.Manager.Tables;

/// <content>
/// The end of a table's place: where there is no table, nobody waits for one, and nobody is about to change that, the place leaves the directory for good, and
/// the next one who wants the name makes another.
/// </content>
/// <remarks>
/// Protocol: the number of visitors is of any thread; who enters raises it from 0 or more, and the place's own queue sets it from 0 to <see cref="GivenUp"/>, both
/// by exchange. So a place is either entered before it is given up, and then is not, or not entered. Whatever empties a place tries to give it up behind that, and
/// so does the last visitor who leaves an empty one: of a table that goes and a visitor who leaves at the same time one at least sees the other, since each
/// writes its part, with a full fence behind it, before it reads the other's.
/// Those who came by <see cref="TableDirectory.Find"/> may still hold a place that was given up. It works on and says that there is no table, which was so when it
/// was given up.
/// </remarks>
internal sealed partial class TableActor
{
    private const int GivenUp = -1;

    private int _visitors;

    /// <summary>Whether the place has left the directory; nothing will come here any more.</summary>
    public bool IsGivenUp => Volatile.Read(ref _visitors) == GivenUp;

    /// <summary>Keeps the place from being given up until <see cref="Leave"/>; false if it is already.</summary>
    public bool TryEnter()
    {
        var visitors = Volatile.Read(ref _visitors);
        while (visitors != GivenUp)
        {
            var found = Interlocked.CompareExchange(ref _visitors, visitors + 1, visitors);
            if (found == visitors) return true;
            visitors = found;
        }
        return false;
    }

    /// <summary>Ends a stay.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _visitors) == 0 && Volatile.Read(ref _table) is null) _queue.Post(TryGiveUp);
    }

    private bool IsEmpty => _table is null && _problem is null && !_isReserved && _renamedTo is null && _claims.IsEmpty;

    private void TryGiveUp()
    {
        if (!IsEmpty || Interlocked.CompareExchange(ref _visitors, GivenUp, 0) != 0) return;
        _timer.Dispose();
        _giveUp(this);
    }
}
