using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine;

namespace EtsPersist.Mmf;

/// <summary>
/// A table of typed rows, shared by all processes of the machine that open it. What has been inserted survives the death of any process.
/// </summary>
/// <remarks>
/// Threads: every member may be called from any thread at any time. Blocking: reads never wait for anybody; a write waits for a living process
/// that holds the same bucket or key, and no longer than the kernel needs to report a dead one. Allocation: none beyond what keys and values
/// themselves are. Lifetime: after disposal every member throws <see cref="ObjectDisposedException"/>. Failure: <see cref="TableDroppedException"/>
/// once the table is dropped; <see cref="NotOwnerException"/> for a write by a process that does not own a protected table.
/// </remarks>
/// <typeparam name="TKey">The type of the keys. Two keys are the same row if they encode to the same bytes.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed partial class EtsTable<TKey, TValue> : IDisposable, IAsyncDisposable, IEnumerable<KeyValuePair<TKey, TValue>>
{
    private static readonly CounterFormat? Counters = CounterFormats.Of<TValue>();

    private readonly TableFile _file;
    private readonly Func<ValueTask>? _release;
    private readonly ICodec<TKey> _keys = Codecs.ForKey<TKey>();
    private readonly ICodec<TValue> _values = Codecs.ForValue<TValue>();
    private int _isDisposed;

    /// <summary>A table that this process owns; binds its schema.</summary>
    internal EtsTable(TableFile file, Transfer transfer, Func<ValueTask> release)
    {
        _file = file;
        _release = release;
        Transfer = transfer;
        Bind();
    }

    /// <summary>A table that this process reads, or writes because it is public.</summary>
    internal EtsTable(TableFile file)
    {
        _file = file;
        if (file.Access == TableAccess.Public && file.IsWritable)
            Bind();
        else
            SchemaBinding.Check(file, TableSchema.Of(_keys, _values));
    }

    private void Bind()
    {
        SchemaBinding.Bind(_file, TableSchema.Of(_keys, _values));
        SchemaBinding.DecideRowFormat(_file, _keys, _values);
    }

    /// <summary>The table's name.</summary>
    public string Name => _file.Name;

    /// <summary>The table's kind. ETS: <c>info(T, type)</c>.</summary>
    public TableKind Kind => _file.Kind;

    /// <summary>Who may read and write. ETS: <c>info(T, protection)</c>.</summary>
    public TableAccess Access => _file.Access;

    /// <summary>How many rows there are; exact when nobody writes. ETS: <c>info(T, size)</c>.</summary>
    public long Count => _file.Count;

    /// <summary>How many bytes the table has reserved. ETS: <c>info(T, memory)</c>.</summary>
    public long BytesUsed => _file.BytesUsed;

    /// <summary>How the table came to this process, or null where it was opened without being owned.</summary>
    public Transfer? Transfer { get; }

    /// <summary>The table's file.</summary>
    internal TableFile File => _file;

    /// <summary>The schema of the rows as it is stored in the table.</summary>
    public TableSchema Schema => TableSchema.Decode(_file.ReadSchema());

    /// <summary>An empty batch for this table.</summary>
    public EtsBatch<TKey, TValue> CreateBatch() => new(_keys, _values, Counters);

    /// <summary>
    /// Runs a batch: all of its operations or none, for kills and for readers alike, who see them at once by one store. The batch stays as it is
    /// and can be cleared and filled again. ETS: <c>insert/2</c> with a list, and more.
    /// </summary>
    /// <exception cref="CounterException">A counter of the batch is missing or overflows; nothing has been done.</exception>
    /// <exception cref="TableFullException">There is no space; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held a key for too long; nothing has been done.</exception>
    public void Commit(EtsBatch<TKey, TValue> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _file.Commit(batch.Plan);
    }

    /// <summary>Runs a batch unless one of its keys is in the table. ETS: <c>insert_new/2</c> with a list.</summary>
    /// <returns>Whether the batch was run.</returns>
    public bool CommitIfAllNew(EtsBatch<TKey, TValue> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _file.Commit(batch.Plan, onlyIfAllNew: true);
    }

    /// <summary>Closes the table. One that is owned is released first: the next worker gets it at once.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        try
        {
            if (_release is not null)
                await _release().ConfigureAwait(false);
        }
        finally
        {
            _file.Dispose();
        }
    }
}
