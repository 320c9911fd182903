using System.Runtime.CompilerServices;
using EtsPersist.Mmf.Native.Engine;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Entries;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Journals;
using EtsPersist.Mmf.Native.Engine.Operations;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

public sealed unsafe partial class TableFile
{
    /// <summary>Copies the value of a key. Takes no lock, makes no store, allocates nothing. ETS: <c>lookup/2</c>.</summary>
    /// <param name="key">The encoded key.</param>
    /// <param name="destination">Where the value goes if it fits.</param>
    /// <param name="length">The value's length, unless the key is missing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadStatus Read(ReadOnlySpan<byte> key, Span<byte> destination, out int length)
    {
        if (_hasTree)
            return ReadOrdered(key, destination, out length);
        length = 0;
        if (!EnterRead())
            return ReadStatus.Missing;
        var hash = KeyHash.Of(key, _seed0, _seed1);
        var status = _space.HasEntries
            ? EntryReader<ProcessMemory>.Read(_space, hash, key, destination, out length)
            : HashReader<ProcessMemory>.Read(_space, hash, key, destination, out length);
        GC.KeepAlive(this);
        return status;
    }

    /// <summary>Whether a key is there. ETS: <c>member/2</c>.</summary>
    public bool Contains(ReadOnlySpan<byte> key)
    {
        if (_hasTree)
            return _isBag ? ContainsBag(key) : ContainsOrdered(key);
        if (!EnterRead())
            return false;
        var hash = KeyHash.Of(key, _seed0, _seed1);
        var found = _space.HasEntries
            ? EntryReader<ProcessMemory>.Read(_space, hash, key, default, out _) != ReadStatus.Missing
            : HashReader<ProcessMemory>.Contains(_space, hash, key);
        GC.KeepAlive(this);
        return found;
    }

    /// <summary>
    /// Copies the rows of the next bucket, or the next leaves of an ordered table, behind the cursor, which begins at 0. False: these were the last. Each row that is present throughout
    /// a traversal is seen exactly once, whatever is written meanwhile. Makes no store. The rows of a bag's key come in one page, however many they are: together,
    /// in the order of their insertion, as they were at one moment.
    /// </summary>
    public bool Scan(ref ulong cursor, ScanPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Clear();
        if (!EnterRead())
            return false;
        var more = TableScanner<ProcessMemory>.Next(_space, ref cursor, page);
        GC.KeepAlive(this);
        return more;
    }

    /// <summary>
    /// Stores a value under a key: instead of what was there, or, in a bag, beside it. A bag of kind <see cref="TableKind.Bag"/> that has an equal row stays as
    /// it is. ETS: <c>insert/2</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Limits.Require(key.Length, value.Length);
        if (_isBag)
        {
            InsertBag(key, value, onlyIfNew: false);
            return;
        }
        var operation = new StoreOperation(value, onlyIfNew: false);
        Apply(key, ref operation);
    }

    /// <summary>Stores a value under a key unless the key is there. ETS: <c>insert_new/2</c>.</summary>
    /// <returns>Whether it was stored.</returns>
    public bool InsertNew(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Limits.Require(key.Length, value.Length);
        if (_isBag)
            return InsertBag(key, value, onlyIfNew: true);
        var operation = new StoreOperation(value, onlyIfNew: true);
        return Apply(key, ref operation) == RowDecision.Store;
    }

    /// <summary>Removes the row of a key, or all its rows. ETS: <c>delete/2</c>.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(ReadOnlySpan<byte> key)
    {
        Limits.Require(key.Length, 0);
        if (_isBag)
            return TakeBag(key, page: null) != 0;
        var operation = default(RemoveOperation);
        return Apply(key, ref operation) == RowDecision.Remove;
    }

    /// <summary>Copies and removes the row of a key as one operation; if the value does not fit, nothing is done. ETS: <c>take/2</c>.</summary>
    public ReadStatus Take(ReadOnlySpan<byte> key, Span<byte> destination, out int length)
    {
        Limits.Require(key.Length, 0);
        RequireOneRowPerKey("TakeAll takes all of them.");
        var operation = new TakeOperation(destination);
        Apply(key, ref operation);
        length = operation.Length;
        return operation.Status;
    }

    /// <summary>Adds to a counter in place. ETS: <c>update_counter/3,4</c>.</summary>
    /// <param name="key">The encoded key.</param>
    /// <param name="increment">What to add; may be negative.</param>
    /// <param name="initial">Where a missing counter begins, or null to fail then.</param>
    /// <param name="format">How the counter lies in its value.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="CounterException">The row is missing, is no counter, or the sum does not fit; nothing has changed.</exception>
    public long UpdateCounter(ReadOnlySpan<byte> key, long increment, long? initial, CounterFormat format)
    {
        Limits.Require(key.Length, 0);
        RequireOneRowPerKey("Counters need a table of kind Set or OrderedSet.");
        var operation = new CounterOperation(increment, initial, format);
        Apply(key, ref operation);
        return operation.Result;
    }

    /// <summary>Adds to a counter several times as one operation, by ETS's rule of thresholds. ETS: <c>update_counter/3,4</c> with a list.</summary>
    /// <param name="key">The encoded key.</param>
    /// <param name="updates">What to add, in this order; none still stores a missing counter.</param>
    /// <param name="results">Takes the counter after each addition; as long as <paramref name="updates"/>.</param>
    /// <param name="initial">Where a missing counter begins, or null to fail then.</param>
    /// <param name="format">How the counter lies in its value.</param>
    /// <exception cref="CounterException">The row is missing, is no counter, or a sum does not fit; nothing has changed.</exception>
    public void UpdateCounter(ReadOnlySpan<byte> key, ReadOnlySpan<CounterUpdate> updates, Span<long> results, long? initial, CounterFormat format)
    {
        Limits.Require(key.Length, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(results.Length, updates.Length);
        RequireOneRowPerKey("Counters need a table of kind Set or OrderedSet.");
        var operation = new CounterSequenceOperation(updates, results, initial, format);
        Apply(key, ref operation);
    }

    /// <summary>Runs a batch: all of it or nothing, for kills and for readers. ETS: <c>insert/2</c> with a list, and more.</summary>
    /// <param name="plan">The operations.</param>
    /// <param name="onlyIfAllNew">Do nothing if one of the keys is there. ETS: <c>insert_new/2</c> with a list.</param>
    /// <returns>False if nothing was done for that reason.</returns>
    public bool Commit(BatchPlan plan, bool onlyIfAllNew = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (_isBag)
            return CommitBag(plan, onlyIfAllNew);
        if (plan.HasObjects)
            throw new TableKindException($"Table '{Name}' is of kind {Kind}: batches delete objects in bags only. Call DeleteObject for each.");
        var writer = EnterWrite(out var place);
        try
        {
            Decide(writer, VariableFormat);
            return BatchWriter<ProcessMemory>.Commit(writer, plan, onlyIfAllNew);
        }
        finally
        {
            ExitWrite(place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private RowDecision Apply<TOperation>(ReadOnlySpan<byte> key, ref TOperation operation) where TOperation : struct, IRowOperation, allows ref struct
    {
        if (_hasTree)
            return ApplyOrdered(key, ref operation);
        var hash = KeyHash.Of(key, _seed0, _seed1);
        RequireUsable();
        HashIndex<ProcessMemory>.Prefetch(_space, hash); // its cache miss passes while the journal is taken
        var writer = EnterWrite(out var place);
        try
        {
            if (!_space.Format.IsDecided)
                Decide(writer, VariableFormat);
            return HashWriter<ProcessMemory>.Apply(writer, hash, key, ref operation);
        }
        finally
        {
            ExitWrite(place);
        }
    }

    /// <summary>
    /// Decides, once and for ever, whether rows lie as entries in the buckets, which takes keys and values that are always 1 to 8 bytes long each,
    /// or as records. Without this the first write decides for records. An ordered table has records always, in the order of their keys.
    /// </summary>
    /// <param name="keyBytes">The length of every key, or -1 if it varies.</param>
    /// <param name="valueBytes">The length of every value, or -1 if it varies.</param>
    /// <returns>False if it has been decided otherwise before.</returns>
    public bool DecideRowFormat(int keyBytes, int valueBytes)
    {
        var format = _hasTree ? RowFormat.Ordered : RowFormat.For(keyBytes, valueBytes);
        var writer = EnterWrite(out var place);
        try
        {
            return Decide(writer, format).Bits == format.Bits;
        }
        finally
        {
            ExitWrite(place);
        }
    }

    /// <summary>The format of rows of which nothing is known.</summary>
    private RowFormat VariableFormat => _hasTree ? RowFormat.Ordered : RowFormat.Records;

    private RowFormat Decide(Writer writer, RowFormat format)
    {
        if (_space.RefreshFormat<ProcessMemory>())
            return _space.Format;
        WriterLock<ProcessMemory>.LockAllocator(writer);
        try
        {
            if (!_space.RefreshFormat<ProcessMemory>())
                TableFormatter.Decide<ProcessMemory>(_space, format);
            return _space.Format;
        }
        finally
        {
            WriterLock<ProcessMemory>.UnlockAllocator(writer);
        }
    }

    /// <summary>Takes a journal and checks the right to write under it, so that who takes the right away waits for this write.</summary>
    internal Writer EnterWrite(out int place)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_context.Slot < 0)
            AttachToWrite();
        place = _context.Leases.Take();
        if (place < 0)
            ThrowNotOwner();
        var writer = new Writer(_context, _context.FirstJournal + place);
        if (!MayWriteAsBefore() || writer.Journal->State != (ulong)JournalState.Idle)
            EnterWriteSlowly(writer, place);
        return writer;
    }

    internal void ExitWrite(int place)
    {
        if (_space.JournalAt(_context.FirstJournal + place)->State != (ulong)JournalState.Idle)
            _late.Begin();
        _context.Leases.Return(place);
        GC.KeepAlive(this);
    }

    private void EnterWriteSlowly(Writer writer, int place)
    {
        try
        {
            RequireMayWrite();
            JournalRecovery<ProcessMemory>.Settle(writer); // what an operation could not finish because a stopped process was in its way
        }
        catch
        {
            ExitWrite(place);
            throw;
        }
    }

    private void AttachToWrite()
    {
        if (Access != TableAccess.Public)
            ThrowNotOwner();
        Attach();
    }
}
