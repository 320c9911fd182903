using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// Protocol of the access word. Every operation reads it, so one exchange drops a table or opens it further for all processes at once. To take the
/// right to write from others the owner first says that it is being taken, waits for their writes in flight, and then says that it is done. A kill
/// in between leaves the word at "being taken", under which nobody else begins a write; whoever recovers from the owner puts the old access back.
/// </summary>
public sealed unsafe partial class TableFile
{
    private const ulong NotSeen = ulong.MaxValue;

    // The words under which the last operation went through: the next one compares and knows.
    private ulong _readable = NotSeen;
    private ulong _public = NotSeen;
    private ulong _owners = NotSeen;

    /// <summary>Who may read and write, as it stands. ETS: <c>info(T, protection)</c>.</summary>
    public TableAccess Access
    {
        get
        {
            var access = AccessOf(ReadAccess());
            GC.KeepAlive(this);
            return access;
        }
    }

    /// <summary>Whether the table has been dropped.</summary>
    public bool IsDropped
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var dropped = ReadAccess().IsDropped;
            GC.KeepAlive(this);
            return dropped;
        }
    }

    /// <summary>Drops the table for every process at once, by one exchange. The file itself is deleted by the manager. ETS: <c>delete/1</c>.</summary>
    public void MarkDropped()
    {
        RequireWritable();
        for (var word = ReadAccess(); !word.IsDropped && !ExchangeAccess(word, word.Dropped()); word = ReadAccess())
        {
        }
    }

    /// <summary>
    /// Owner: changes who may read and write, for all processes at once. When it returns, no write is in flight any more that the new access forbids;
    /// reads in flight end as they would have. ETS: <c>setopts/2</c> with <c>protection</c>.
    /// </summary>
    /// <exception cref="NotOwnerException">This process does not own the table through this object.</exception>
    /// <exception cref="TableBusyException">A living process did not end its write within <see cref="WriterPatience"/>; the access is as it was.</exception>
    public void SetAccess(TableAccess access)
    {
        if (!Enum.IsDefined(access))
            throw new ArgumentOutOfRangeException(nameof(access), access, "Access is Protected, Public or Private.");
        RequireWritable();
        lock (_gate)
        {
            if (!IsOwner)
                ThrowNotOwner();
            var word = ReadAccess();
            var current = AccessOf(word);
            if (current == access)
                return;
            if (current == TableAccess.Public)
                CloseToOthers(word, access);
            else if (!ExchangeAccess(word, word.Settled(access)))
                RequireUsable(); // only a drop can have come between
        }
    }

    private void CloseToOthers(AccessWord word, TableAccess access)
    {
        var changing = word.ChangingTo(TableAccess.Public, access);
        if (!ExchangeAccess(word, changing))
        {
            RequireUsable();
            return;
        }
        try
        {
            WritersInFlight.Await(_context);
        }
        catch
        {
            ExchangeAccess(changing, word);
            throw;
        }
        if (!ExchangeAccess(changing, changing.Settled(access)))
            RequireUsable();
    }

    /// <summary>Puts back the access of which a dead owner had not finished to take the right to write from others.</summary>
    private void UndoAccessChange()
    {
        for (var word = ReadAccess(); word.IsChanging && !ExchangeAccess(word, word.Settled(word.From)); word = ReadAccess())
        {
        }
    }

    /// <summary>Fails if this process must not read, also where there would be nothing to read.</summary>
    /// <exception cref="TableAccessException">The table is private, and another process owns it.</exception>
    public void RequireReader() => EnterRead();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EnterRead()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (ProcessMemory.Read(&_space.Header->Access) != _readable)
            RequireReadable();
        return _space.Format.IsDecided || _space.RefreshFormat<ProcessMemory>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RequireReadable()
    {
        var word = ReadAccess();
        if (word.IsDropped)
            ThrowDropped();
        if (AccessOf(word) != TableAccess.Private)
            Volatile.Write(ref _readable, word.Bits);
        else if (!IsOwner)
            throw new TableAccessException($"Table '{Name}' is private: only its owner reads it.");
    }

    /// <summary>Whether what was found under the same word before still holds. Called with a lease in hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayWriteAsBefore()
    {
        var access = ProcessMemory.Read(&_space.Header->Access);
        return access == _public || (access == _owners && _ownedBits != 0 && ReadOwnership().Bits == _ownedBits);
    }

    private void RequireMayWrite()
    {
        RequireUsable();
        var word = ReadAccess();
        if (AccessOf(word) == TableAccess.Public)
            Volatile.Write(ref _public, word.Bits);
        else if (IsOwner)
            Volatile.Write(ref _owners, word.Bits);
        else
            ThrowNotOwner();
    }

    private TableAccess AccessOf(AccessWord word) => word.Access == 0 ? (TableAccess)_space.Header->InitialAccess : word.Access;

    private AccessWord ReadAccess() => new(ProcessMemory.Read(&_space.Header->Access));

    private bool ExchangeAccess(AccessWord expected, AccessWord value)
    {
        var exchanged = ProcessMemory.CompareExchange(&_space.Header->Access, expected.Bits, value.Bits);
        GC.KeepAlive(this);
        return exchanged;
    }

    private void RequireUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (ReadAccess().IsDropped)
            ThrowDropped();
    }

    private void RequireWritable()
    {
        RequireUsable();
        if (!_writable)
            throw new TableAccessException($"Table '{Name}' is open for reading only. Open it for writing.");
    }

    private void ThrowDropped() => throw new TableDroppedException($"Table '{Name}' (incarnation {Incarnation}) was dropped. Open it again by name.");

    private void ThrowNotOwner()
    {
        RequireUsable();
        var owner = Ownership;
        throw new NotOwnerException(
            $"Table '{Name}' is {Access.ToString().ToLowerInvariant()} and this process does not own it (epoch {owner.Epoch}, {owner.State}). "
            + "Await its transfer with OwnAsync, or make the table public.");
    }
}
