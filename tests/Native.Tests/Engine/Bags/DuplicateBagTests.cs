namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Bags that hold an object as often as it was inserted.</summary>
public sealed class DuplicateBagTests() : BagTableTests(TableKind.DuplicateBag)
{
    [Fact]
    public void An_object_is_there_as_often_as_it_was_inserted()
    {
        foreach (var value in (string[])["a", "b", "a"])
            File.Insert("k", value);
        File.Commit(plan => { plan.Insert("k", "b"); plan.Insert("k", "b"); });
        Assert.Equal(["a", "b", "a", "b", "b"], File.Lookup("k"));
        _table.RequireSound(rows: 5);
    }

    [Fact]
    public void Deleting_an_object_removes_all_that_equal_it()
    {
        foreach (var value in (string[])["a", "b", "a", "c", "a"])
            File.Insert("k", value);
        Assert.Equal(3, File.DeleteObject("k", "a"));
        Assert.Equal(["b", "c"], File.Lookup("k"));
        File.Commit(plan => { plan.Insert("k", "d"); plan.Insert("k", "d"); plan.Insert("k", "c"); plan.DeleteObject("k", "d"); plan.DeleteObject("k", "c"); });
        Assert.Equal(["b"], File.Lookup("k"));
        _table.RequireSound(rows: 1);
    }
}
