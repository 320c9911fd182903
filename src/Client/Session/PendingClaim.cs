using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Protocol.Messages;

namespace EtsPersist.Mmf.Session;

/// <summary>A call of OwnAsync that waits for its table. What depends on the row types is in <see cref="TypedClaim{TTable}"/>.</summary>
internal abstract class PendingClaim(string table, EtsTableOptions? options)
{
    private static readonly TimeSpan LongerThanOthers = TimeSpan.FromDays(365);

    private readonly long _since = Environment.TickCount64;
    private readonly Lock _preparing = new();
    private TableFile? _prepared;
    private string? _preparedAs;
    private CancellationTokenRegistration _cancelling;

    public string Table { get; } = table;

    /// <summary>What to create the table with if there is none, or null.</summary>
    public EtsTableOptions? Options { get; } = options;

    /// <summary>Whether the arrival has been rehearsed, or could not be; only then the manager hears of the claim.</summary>
    public bool IsRehearsed { get; set; }

    /// <summary>Whether the manager has said that the table exists.</summary>
    public bool IsCreated { get; set; }

    /// <summary>Whether it goes before the claims of others, and so has to be known before there is a table.</summary>
    public bool IsFirst => Options is { GoesToCreator: true };

    /// <summary>Which table it is, as the manager last said; the highest number where it has not.</summary>
    public ulong Incarnation { get; private set; } = ulong.MaxValue;

    /// <summary>How long the worker has waited, over all connections.</summary>
    public TimeSpan Waited => IsFirst ? LongerThanOthers : TimeSpan.FromMilliseconds(Environment.TickCount64 - _since);

    /// <summary>Keeps what the caller's cancellation has registered, until the claim is over: no continuation of its task is to come before the caller's.</summary>
    public void CancelWith(CancellationTokenRegistration cancelling)
    {
        lock (_preparing)
        {
            _cancelling = cancelling;
            if (!IsOver) return;
        }
        cancelling.Unregister();
    }

    /// <summary>Opens the table's file while somebody else owns the table, so that the hand-over need not. Errors wait for the offer.</summary>
    public void Prepare(TableLocation location)
    {
        TableFile? file = null;
        lock (_preparing)
        {
            Incarnation = location.Incarnation;
            if (IsOver || (_prepared is { } open && IsAt(location, open))) return;
            try
            {
                _prepared?.Dispose();
                _prepared = null;
                _prepared = file = TableFile.Open(location.Path, writable: true);
                _preparedAs = Path.GetFileName(location.Path);
                _prepared.Attach(); // the slot takes longer than the rest of the hand-over; if this worker dies waiting, it is settled like any other
            }
            catch (EtsException)
            {
                // Perhaps gone again, perhaps broken: if it is ever offered, opening it then tells.
            }
        }
        if (file is null) return;
        if (file.Kind != TableKind.Set) TableFile.Compile(file.Kind);
        file.Touch();
    }

    /// <summary>The open file of an offer, which is the caller's from now on.</summary>
    /// <exception cref="ProtocolException">It is no name of a table's file.</exception>
    public TableFile Open(InstanceDirectory directory, string fileName)
    {
        lock (_preparing)
        {
            if (_prepared is { } open && _preparedAs == fileName)
            {
                _prepared = null;
                return open;
            }
        }
        var location = directory.Locate(fileName);
        lock (_preparing)
        {
            var prepared = _prepared;
            _prepared = null;
            if (prepared is not null && IsAt(location, prepared)) return prepared;
            prepared?.Dispose();
        }
        return TableFile.Open(location.Path, writable: true);
    }

    /// <summary>Puts a file back that was not needed after all: the offer had been withdrawn.</summary>
    public void Return(TableFile file)
    {
        lock (_preparing)
        {
            if (_prepared is null && !IsOver)
            {
                _prepared = file;
                return;
            }
        }
        file.Dispose();
    }

    /// <summary>Gives up what was prepared. Nothing is prepared any more.</summary>
    public void Close()
    {
        lock (_preparing)
        {
            IsOver = true;
            _prepared?.Dispose();
            _prepared = null;
        }
        _cancelling.Unregister();
    }

    /// <summary>Name and incarnation are a table for ever; a path is only where it was found.</summary>
    private static bool IsAt(TableLocation location, TableFile file) => file.Incarnation == location.Incarnation && file.Name == location.Name;

    /// <summary>Whether <see cref="Close"/> was called.</summary>
    private bool IsOver { get; set; }

    /// <summary>The table is this worker's, and is made what the caller waits for; null where that cannot be, which the caller is told.</summary>
    /// <returns>Goes on with the caller, on the thread that calls it; if the caller no longer waits, it releases the table.</returns>
    public abstract Action? Complete(OwnedTableHandle handle, Transfer transfer);

    public abstract void Fail(Exception error);

    public CreateTableMessage ToCreateMessage(string role) =>
        Options!.ToMessage(Table, role, mustBeNew: IsFirst);
}
