namespace EtsPersist.Mmf.Client.Tests.EtsSuite;

/// <summary>The objects of a bag's key beside a list that is changed in the same way; after each change both have the same in the same order.</summary>
internal sealed class OrderedObjects(EtsTable<(int, int, int), long> table, (int, int, int) key, TableKind kind)
{
    private readonly List<long> _expected = [];

    public void Insert(long value)
    {
        table.Insert(key, value);
        if (kind == TableKind.DuplicateBag || !_expected.Contains(value)) _expected.Add(value);
        Check();
    }

    public void InsertNew(long value)
    {
        Assert.Equal(_expected.Count == 0, table.InsertNew(key, value));
        if (_expected.Count == 0) _expected.Add(value);
        Check();
    }

    public void Delete(long value)
    {
        Assert.Equal(_expected.RemoveAll(other => other == value), table.DeleteObject(key, value));
        Check();
    }

    private void Check() => Assert.Equal(_expected, table.Lookup(key));
}
