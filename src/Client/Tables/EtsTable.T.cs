using EtsPersist.Mmf.Native;
using EtsPersist.Mmf.Native.Engine.Operations;

namespace EtsPersist.Mmf;

/// <summary>
/// A table of typed rows, each a value under a key, shared by all processes of the machine that open it. What has been inserted survives the death of
/// any process.
/// </summary>
/// <inheritdoc cref="EtsRows{TRow, TValue}" path="/remarks"/>
/// <typeparam name="TKey">The type of the keys. Two keys are the same row if they encode to the same bytes.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed partial class EtsTable<TKey, TValue> : EtsRows<KeyValuePair<TKey, TValue>, TValue>
{
    private static readonly CounterFormat? Counters = CounterFormats.Of<TValue>();

    private readonly TableFile _file;
    private readonly ICodec<TKey> _keys;
    private readonly ICodec<TValue> _values;

    /// <summary>A table that this process owns; binds its schema.</summary>
    internal EtsTable(TableFile file, Transfer transfer, Func<ValueTask> release)
        : this(file, KeyCodec<TKey>.Of(file.IsOrdered), Codecs.ForValue<TValue>(), transfer, release)
    {
    }

    /// <summary>A table that this process reads, or writes because it is public.</summary>
    internal EtsTable(TableFile file)
        : this(file, KeyCodec<TKey>.Of(file.IsOrdered), Codecs.ForValue<TValue>(), null, null)
    {
    }

    private EtsTable(TableFile file, ICodec<TKey> keys, ICodec<TValue> values, Transfer? transfer, Func<ValueTask>? release)
        : base(file, new PairCodec<TKey, TValue>(keys, values), transfer, release)
    {
        _file = file;
        _keys = keys;
        _values = values;
    }

    /// <summary>An empty batch for this table.</summary>
    public EtsBatch<TKey, TValue> CreateBatch() => new(_file.IsOrdered, _keys, _values, Counters);

    /// <summary>
    /// Runs a batch: all of its operations or none, for kills and for readers alike, who see them at once by one store. The batch stays as it is
    /// and can be cleared and filled again. ETS: <c>insert/2</c> with a list, and more.
    /// </summary>
    /// <exception cref="CounterException">A counter of the batch is missing or overflows; nothing has been done.</exception>
    /// <exception cref="TableFullException">There is no space; nothing has been done.</exception>
    /// <exception cref="TableBusyException">A living process held a key for too long; nothing has been done.</exception>
    /// <exception cref="TableKindException">It deletes objects, and the table is no bag; or it counts, and the table is one.</exception>
    /// <exception cref="ArgumentException">The batch was made by a table whose keys are ordered and these are not, or the reverse.</exception>
    public void Commit(EtsBatch<TKey, TValue> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequireEncodedAsHere(batch.IsOrdered);
        _file.Commit(batch.Plan);
    }

    /// <summary>Runs a batch unless one of its keys, whatever is to be done under it, is in the table. ETS: <c>insert_new/2</c> with a list.</summary>
    /// <returns>Whether the batch was run.</returns>
    /// <inheritdoc cref="Commit" path="/exception"/>
    public bool CommitIfAllNew(EtsBatch<TKey, TValue> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequireEncodedAsHere(batch.IsOrdered);
        return _file.Commit(batch.Plan, onlyIfAllNew: true);
    }
}
