using EtsPersist.Mmf.Native.Engine.Hashing;
using EtsPersist.Mmf.Native.Engine.Space;
using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Engine.Bags;

/// <summary>
/// Checks what the tree of a bag holds, row by row in its order: each key has a head and behind it as many rows as that says, each under the hash of its
/// object, and in a bag of kind <see cref="TableKind.Bag"/> no two are equal.
/// </summary>
internal sealed unsafe class BagWalk(TableSpace space, Action<string> problem)
{
    private readonly List<WalkedKey> _keys = []; // of one hash: nearly always one
    private readonly List<byte[]> _objects = []; // of one key and one hash of objects
    private byte[] _last = [];

    /// <summary>The next key of the tree and its value.</summary>
    /// <returns>Whether it is a row, and no head.</returns>
    public bool Add(ReadOnlySpan<byte> treeKey, ReadOnlySpan<byte> value)
    {
        if (BagKey.IsHead(treeKey))
        {
            AddHead(treeKey, value);
            return false;
        }
        if (BagKey.IsRow(treeKey))
            AddRow(treeKey, value);
        else
            problem("the bag has a row under what is no key of a bag");
        return true;
    }

    /// <summary>Checks the last keys.</summary>
    public void End()
    {
        foreach (var key in _keys)
        {
            if (key.Rows != key.Head.Count)
                problem($"a key of the bag has {key.Rows} rows where its head says {key.Head.Count}");
        }
        _keys.Clear();
    }

    private void AddHead(ReadOnlySpan<byte> treeKey, ReadOnlySpan<byte> value)
    {
        if (_keys.Count != 0 && _keys[0].Hash != BagKey.KeyHashOf(treeKey))
            End();
        var head = value.Length == BagHead.Bytes ? BagHead.Read(value) : default;
        if (!head.IsValid)
            problem("the head of a bag's key says what cannot be");
        if (BagKey.KeyHashOf(treeKey) != BagKey.Half(HashOf(BagKey.KeyOf(treeKey))))
            problem("the bag has a key under the hash of another");
        _keys.Add(new WalkedKey(BagKey.KeyOf(treeKey).ToArray(), BagKey.KeyHashOf(treeKey), head));
    }

    private void AddRow(ReadOnlySpan<byte> treeKey, ReadOnlySpan<byte> value)
    {
        var sequence = BagKey.SequenceOf(treeKey);
        if (FindHead(treeKey) is { } key)
        {
            key.Rows++;
            if (!key.Head.Covers(sequence))
                problem($"the bag has a row of sequence number {sequence} where the head of its key has version {key.Head.Version}");
        }
        else
            problem("the bag has a row without a head of its key");
        if (BagKey.ObjectHashOf(treeKey) != BagKey.ObjectHalf(HashOf(value)))
            problem("the bag has a row under the hash of another object");
        if (space.Kind == TableKind.Bag && !IsFirst(treeKey[..^sizeof(ulong)], value))
            problem("the bag has a row twice");
    }

    private WalkedKey? FindHead(ReadOnlySpan<byte> treeKey)
    {
        foreach (var key in _keys)
        {
            if (key.Hash == BagKey.KeyHashOf(treeKey) && BagKey.KeyOf(treeKey).SequenceEqual(key.Key))
                return key;
        }
        return null;
    }

    /// <summary>Rows of one key and one hash lie together, so only those of the last are remembered.</summary>
    private bool IsFirst(ReadOnlySpan<byte> withoutSequence, ReadOnlySpan<byte> value)
    {
        if (!withoutSequence.SequenceEqual(_last))
        {
            _last = withoutSequence.ToArray();
            _objects.Clear();
        }
        foreach (var known in _objects)
        {
            if (value.SequenceEqual(known))
                return false;
        }
        _objects.Add(value.ToArray());
        return true;
    }

    private ulong HashOf(ReadOnlySpan<byte> bytes) => KeyHash.Of(bytes, space.Header->HashSeed0, space.Header->HashSeed1);

    private sealed class WalkedKey(byte[] key, uint hash, BagHead head)
    {
        public byte[] Key { get; } = key;

        public uint Hash { get; } = hash;

        public BagHead Head { get; } = head;

        public ulong Rows { get; set; }
    }
}
