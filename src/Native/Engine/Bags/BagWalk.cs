using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// Checks what the tree of a bag holds, row by row in its order: each key has a head and behind it as many rows as that says, each under the hash of its
/// object, and in a bag of kind <see cref="TableKind.Bag"/> no two are equal.
/// </summary>
internal sealed unsafe class BagWalk(TableSpace space, Action<string> problem)
{
    private readonly List<byte[]> _objects = [];
    private byte[] _key = [];
    private BagHead _head;
    private ulong _rows;
    private ulong _hash;
    private bool _isInKey;

    /// <summary>The next key of the tree and its value.</summary>
    /// <returns>Whether it is a row, and no head.</returns>
    public bool Add(ReadOnlySpan<byte> treeKey, ReadOnlySpan<byte> value)
    {
        if (BagKey.IsHead(treeKey))
        {
            Begin(treeKey, value);
            return false;
        }
        if (!BagKey.IsRow(treeKey))
        {
            problem("the bag has a row under what is no key of a bag");
            return true;
        }
        _rows++;
        if (!_isInKey || !BagKey.KeyOf(treeKey).SequenceEqual(_key))
            problem("the bag has a row without a head of its key");
        if (BagKey.HashOf(treeKey) != KeyHash.Of(value, space.Header->HashSeed0, space.Header->HashSeed1))
            problem("the bag has a row under the hash of another object");
        if (!_head.Covers(BagKey.SequenceOf(treeKey)))
            problem($"the bag has a row of sequence number {BagKey.SequenceOf(treeKey)} where the head of its key has version {_head.Version}");
        if (space.Kind == TableKind.Bag && !IsFirst(BagKey.HashOf(treeKey), value))
            problem("the bag has a row twice");
        return true;
    }

    /// <summary>Checks the last key.</summary>
    public void End()
    {
        if (_isInKey && _rows != _head.Count)
            problem($"a key of the bag has {_rows} rows where its head says {_head.Count}");
        _isInKey = false;
    }

    private void Begin(ReadOnlySpan<byte> treeKey, ReadOnlySpan<byte> value)
    {
        End();
        _isInKey = true;
        _key = BagKey.KeyOf(treeKey).ToArray();
        _rows = 0;
        _objects.Clear();
        _head = value.Length == BagHead.Bytes ? BagHead.Read(value) : default;
        if (!_head.IsValid)
            problem("the head of a bag's key says what cannot be");
    }

    /// <summary>Rows of one hash lie together, so only those of the last hash are remembered.</summary>
    private bool IsFirst(ulong hash, ReadOnlySpan<byte> value)
    {
        if (hash != _hash)
            _objects.Clear();
        _hash = hash;
        foreach (var known in _objects)
        {
            if (value.SequenceEqual(known))
                return false;
        }
        _objects.Add(value.ToArray());
        return true;
    }
}
