namespace EtsPersist.Mmf.Native.Tests;

/// <summary>What a bag should hold: for each key its objects, in the order of their insertion.</summary>
internal sealed class BagModel(TableKind kind)
{
    private readonly Dictionary<string, List<string>> _rows = [];

    public int Count => _rows.Values.Sum(objects => objects.Count);

    public IEnumerable<string> Keys => _rows.Keys;

    public IReadOnlyList<string> this[string key] => _rows.GetValueOrDefault(key, []);

    public void Insert(string key, string value)
    {
        if (kind == TableKind.Bag && this[key].Contains(value))
            return;
        if (!_rows.TryGetValue(key, out var objects))
            _rows.Add(key, objects = []);
        objects.Add(value);
    }

    public bool InsertNew(string key, string value)
    {
        if (_rows.ContainsKey(key))
            return false;
        Insert(key, value);
        return true;
    }

    public IReadOnlyList<string> Take(string key)
    {
        var taken = this[key];
        _rows.Remove(key);
        return taken;
    }

    public int DeleteObject(string key, string value)
    {
        if (!_rows.TryGetValue(key, out var objects))
            return 0;
        var deleted = objects.RemoveAll(known => known == value);
        if (objects.Count == 0)
            _rows.Remove(key);
        return deleted;
    }

    public void Clear() => _rows.Clear();
}
