using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf;

/// <summary>
/// What both faces of a table have in common: <see cref="EtsTable{TKey, TValue}"/>, whose rows are pairs, and <see cref="EtsTable{TRow}"/>, whose rows
/// have their key as a member. What has been inserted survives the death of any process.
/// </summary>
/// <remarks>
/// Threads: every member may be called from any thread at any time. Blocking: reads never wait for anybody; a write waits for a living process
/// that holds the same bucket or key, 30 seconds at most as the owner and else <see cref="EtsOpenOptions.WriterWait"/>, and no longer than the kernel needs to report a
/// dead one. Allocation: none beyond what rows themselves are,
/// and what is returned. Lifetime: after disposal every member throws <see cref="ObjectDisposedException"/>. Failure:
/// <see cref="TableDroppedException"/> once the table is dropped; <see cref="NotOwnerException"/> for a write by a process that does not own a
/// protected table, also where there would be nothing to do; <see cref="TableAccessException"/> for a read of another's private table; <see cref="TableBusyException"/>
/// for a write that has waited too long; <see cref="TableKindException"/> for what the kind of the table does not allow.
/// </remarks>
/// <typeparam name="TRow">A row as selections see it.</typeparam>
/// <typeparam name="TValue">What is stored under a key.</typeparam>
public abstract partial class EtsRows<TRow, TValue> : IDisposable, IAsyncDisposable, IEnumerable<TRow>
{
    private readonly Func<ValueTask>? _release;
    private int _isDisposed;

    /// <summary>A table that this process owns, where there is a transfer, or else reads, or writes because it is public.</summary>
    private protected EtsRows(TableFile file, RowCodec<TRow, TValue> codec, Transfer? transfer, Func<ValueTask>? release)
    {
        File = file;
        Codec = codec;
        Transfer = transfer;
        _release = release;
        var schema = new TableSchema(codec.KeySchema, codec.Values.Schema);
        if (transfer is null && (file.Access != TableAccess.Public || !file.IsWritable))
        {
            SchemaBinding.Check(file, schema);
            return;
        }
        SchemaBinding.Bind(file, schema);
        file.DecideRowFormat(codec.KeyFixedSize, codec.Values.FixedSize); // which the schema decides
    }

    /// <summary>The table's name.</summary>
    public string Name => File.Name;

    /// <summary>The table's kind. ETS: <c>info(T, type)</c>.</summary>
    public TableKind Kind => File.Kind;

    /// <summary>Who may read and write. ETS: <c>info(T, protection)</c>.</summary>
    public TableAccess Access => File.Access;

    /// <summary>How many rows there are; exact when nobody writes. ETS: <c>info(T, size)</c>.</summary>
    public long Count => File.Count;

    /// <summary>How many bytes the table has of the file system. <see cref="Info"/> tells how many of them rows take. ETS: <c>info(T, memory)</c>.</summary>
    public long BytesReserved => File.BytesUsed;

    /// <summary>How the table came to this process, or null where it was opened without being owned.</summary>
    public Transfer? Transfer { get; }

    /// <summary>The schema of the rows as it is stored in the table.</summary>
    public TableSchema Schema => TableSchema.Decode(File.ReadSchema());

    /// <summary>The table's file.</summary>
    internal TableFile File { get; }

    /// <summary>How rows lie in it.</summary>
    internal RowCodec<TRow, TValue> Codec { get; }

    /// <summary>Closes the table. One that is owned is released first: the next worker gets it at once.</summary>
    /// <remarks>
    /// Waits for this process's writes in flight, and for a give-away of this table that is under way. Prefer <c>await using</c>, which waits for the latter
    /// without holding a thread.
    /// </remarks>
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        try
        {
            if (_release is not null)
                await _release().ConfigureAwait(false);
        }
        finally
        {
            File.Dispose();
        }
    }

    /// <summary>Whether a key may have several rows, which then never change.</summary>
    internal bool HasManyRowsPerKey => Kind is TableKind.Bag or TableKind.DuplicateBag;

    /// <exception cref="TableKindException">The keys of this table may have several rows.</exception>
    internal void RequireOneRowPerKey(string operation, string remedy)
    {
        if (HasManyRowsPerKey)
            throw new TableKindException(
                $"Table '{Name}' is of kind {Kind}, whose keys may have several rows: {operation} is for {TableKind.Set} and {TableKind.OrderedSet}. {remedy}");
    }

    /// <exception cref="ArgumentException">A batch is of a table whose keys are other bytes.</exception>
    private protected void RequireEncodedAsHere(bool isOrderedBatch)
    {
        if (isOrderedBatch != File.IsOrdered)
            throw new ArgumentException(
                $"The batch was made for keys that are {(isOrderedBatch ? "" : "not ")}ordered, which are other bytes than those of table '{Name}', of kind {Kind}. Make it by this table's CreateBatch.");
    }

    /// <exception cref="TableKindException">The keys of this table have no order.</exception>
    internal void RequireOrder(string operation, string remedy)
    {
        if (Kind != TableKind.OrderedSet)
            throw new TableKindException(
                $"Table '{Name}' is of kind {Kind}, whose keys have no order: {operation} is for {TableKind.OrderedSet}. {remedy}");
    }
}
