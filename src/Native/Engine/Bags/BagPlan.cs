using System.Buffers.Binary;
using EtsPersist.Mmf.Native.Engine.Batches;
using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Ordered;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Engine.Verification;
using EtsPersist.Mmf.Native.Engine.Writers;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// What operations on a bag come to in its tree: rows stored and deleted, and for each key its head, which must still be what was read when the batch
/// is committed. Keys come one after the other: <see cref="Begin"/>, operations in their order, <see cref="End"/>.
/// Not thread-safe; its buffers are kept from one operation to the next.
/// </summary>
internal sealed unsafe class BagPlan<TMemory>(TableSpace space) where TMemory : struct, ISharedMemory
{
    private const int KeptBytes = 1 << 20;
    private const int KeptRows = 1 << 12;

    private readonly BatchPlan _tree = new();
    private readonly ScanPage _page = new();
    private readonly HashSet<ulong> _removed = [];
    private readonly List<AddedRow> _added = [];
    private readonly Dictionary<ulong, int> _addedByHash = [];
    private BagHead _head;
    private ulong _version;
    private bool _removedAll;
    private bool _isReplaced;
    private int _addedAlive;

    private readonly record struct AddedRow(ulong Sequence, int Item, int Previous, bool IsAlive);

    /// <summary>Whether the key had rows when it was read.</summary>
    public bool KeyExists => _head.Exists;

    /// <summary>Whether its buffers are too large to be kept.</summary>
    public bool IsLarge => _tree.IsLarge || _page.Capacity > KeptBytes || _added.Capacity > KeptRows || _removed.Capacity > KeptRows;

    public void Clear() => _tree.Clear();

    /// <summary>Reads the head of a key.</summary>
    public void Begin(Writer writer, in BagKey key)
    {
        _head = BagReader<TMemory>.ReadHead(space, key);
        _version = _head.Exists ? _head.Version : FirstVersion(writer);
        _removed.Clear();
        _added.Clear();
        _addedByHash.Clear();
        _removedAll = false;
        _isReplaced = false;
        _addedAlive = 0;
    }

    /// <summary>Adds a row, unless the bag holds no equal ones and has one.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Insert(in BagKey key, ReadOnlySpan<byte> value)
    {
        var hash = HashOf(value);
        if (space.Kind == TableKind.Bag && (FindAdded(hash, value, _addedByHash.GetValueOrDefault(hash, -1)) >= 0 || Exists(key, hash, value)))
            return false;
        var sequence = _version + (ulong)_added.Count + 1;
        var previous = _addedByHash.GetValueOrDefault(hash, -1);
        _addedByHash[hash] = _added.Count;
        _added.Add(new AddedRow(sequence, _tree.Count, previous, IsAlive: true));
        _addedAlive++;
        _tree.Insert(key.Row(hash, sequence), value);
        return true;
    }

    /// <summary>Removes all rows that equal an object.</summary>
    /// <returns>How many.</returns>
    public int DeleteObject(in BagKey key, ReadOnlySpan<byte> value)
    {
        var hash = HashOf(value);
        var deleted = 0;
        for (var added = FindAdded(hash, value, _addedByHash.GetValueOrDefault(hash, -1)); added >= 0; added = FindAdded(hash, value, _added[added].Previous))
        {
            DeleteAdded(key, hash, added);
            deleted++;
        }
        if (!MayHaveRows)
            return deleted;
        Collect(key, hash);
        for (var row = 0; row < _page.Count; row++)
        {
            if (_page.Value(row).SequenceEqual(value) && Remove(_page.TreeKey(row)))
                deleted++;
        }
        return deleted;
    }

    /// <summary>Removes all rows of the key; a page gets those that the table has, in the order of their insertion.</summary>
    /// <returns>How many.</returns>
    public int DeleteAll(in BagKey key, ScanPage? page = null)
    {
        var parts = page is null ? RowParts.Keys : RowParts.All;
        page ??= _page;
        page.Clear(hasBagRows: true);
        var deleted = _addedAlive;
        foreach (var (hash, last) in _addedByHash)
        {
            for (var added = last; added >= 0; added = _added[added].Previous)
                DeleteAdded(key, hash, added);
        }
        if (!MayHaveRows)
            return deleted;
        _removedAll = true;
        if (BagReader<TMemory>.Lookup(space, key, page, parts) != _head)
            return deleted; // changed since the head was read, so that the batch will be called off
        for (var row = 0; row < page.Count; row++)
        {
            if (Remove(page.TreeKey(row)))
                deleted++;
        }
        return deleted;
    }

    /// <summary>Puts other objects in the places of rows, which keep their sequence numbers, if the key still has exactly the rows of a page.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rows">What a lookup of the key has given.</param>
    /// <param name="values">An object for each row, or null for one that stays.</param>
    /// <returns>Whether it has.</returns>
    public bool TryReplace(in BagKey key, ScanPage rows, IReadOnlyList<byte[]?> values)
    {
        _page.Clear(hasBagRows: true);
        if (BagReader<TMemory>.Lookup(space, key, _page) != _head || !_page.HasSameRows(rows))
            return false;
        for (var row = 0; row < values.Count; row++)
        {
            if (values[row] is not { } value)
                continue;
            _isReplaced = true;
            _tree.Delete(_page.TreeKey(row));
            _tree.Insert(key.Row(HashOf(value), BagKey.SequenceOf(_page.TreeKey(row))), value);
        }
        return true;
    }

    /// <summary>Whether nothing has happened to the key since it was read.</summary>
    public bool IsUnchanged(in BagKey key) => BagReader<TMemory>.ReadHead(space, key) == _head;

    /// <summary>Writes down what becomes of the key's head.</summary>
    public void End(in BagKey key)
    {
        Span<byte> bytes = stackalloc byte[BagHead.Bytes];
        if ((ulong)_removed.Count > _head.Count && IsUnchanged(key))
            throw Damage.Of(space, $"a key of the bag has {_removed.Count} rows and more where its head says {_head.Count}");
        var count = _head.Count - (ulong)_removed.Count + (ulong)_addedAlive;
        if (!_head.Exists && count == 0)
            return;
        if (_head.Exists)
        {
            _head.Write(bytes);
            _tree.Require(key.Head, bytes);
        }
        else
            _tree.RequireMissing(key.Head);
        if (count == 0)
        {
            _tree.Delete(key.Head);
            return;
        }
        var version = _version + (ulong)Math.Max(_added.Count, 1);
        new BagHead(version, count, _head.Exists && _removed.Count == 0 && !_isReplaced ? _head.Since : version).Write(bytes);
        _tree.Insert(key.Head, bytes);
    }

    /// <summary>Does it all by one batch. False: a key has changed since it was read, and nothing was done.</summary>
    public bool TryCommit(Writer writer) => BatchWriter<TMemory>.Commit(writer, _tree, onlyIfAllNew: false);

    /// <summary>Where the life of a head begins: a hash of the batch that makes it, whose number the journal never uses again.</summary>
    private ulong FirstVersion(Writer writer)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        var batch = BatchId.Of(writer.Number, new BatchWord(TMemory.Read(&writer.Journal->Batch)).Number);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, batch.Bits);
        return HashOf(bytes) >> (64 - BagHead.FirstVersionBits);
    }

    private bool MayHaveRows => _head.Exists && !_removedAll;

    private ulong HashOf(ReadOnlySpan<byte> value) => KeyHash.Of(value, space.Header->HashSeed0, space.Header->HashSeed1);

    private bool Exists(in BagKey key, ulong hash, ReadOnlySpan<byte> value)
    {
        if (!MayHaveRows)
            return false;
        Collect(key, hash);
        for (var row = 0; row < _page.Count; row++)
        {
            if (_page.Value(row).SequenceEqual(value) && !_removed.Contains(BagKey.SequenceOf(_page.TreeKey(row))))
                return true;
        }
        return false;
    }

    /// <summary>The rows of objects with this hash that the head covers. Later ones call the batch off.</summary>
    private void Collect(in BagKey key, ulong hash)
    {
        _page.Clear(hasBagRows: true);
        TreeScanner<TMemory>.AddRange(space, key.RowsOf(hash), key.RowsOfEnd(hash), RowParts.All, _page);
        _page.KeepCovered(0, key.Key, _head);
    }

    private bool Remove(ReadOnlySpan<byte> row)
    {
        if (!_removed.Add(BagKey.SequenceOf(row)))
            return false;
        _tree.Delete(row);
        return true;
    }

    /// <summary>The last row, from one on, that these operations have added for an object; -1 if there is none.</summary>
    private int FindAdded(ulong hash, ReadOnlySpan<byte> value, int from)
    {
        for (var added = from; added >= 0; added = _added[added].Previous)
        {
            if (_added[added].IsAlive && _tree.ValueAt(_added[added].Item).SequenceEqual(value))
                return added;
        }
        return -1;
    }

    private void DeleteAdded(in BagKey key, ulong hash, int added)
    {
        var row = _added[added];
        if (!row.IsAlive)
            return;
        _added[added] = row with { IsAlive = false };
        _addedAlive--;
        _tree.Delete(key.Row(hash, row.Sequence));
    }
}
