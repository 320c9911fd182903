namespace EtsPersist.Mmf.Native.Tests;

/// <summary>Bags that hold an object once.</summary>
public sealed class DistinctBagTests() : BagTableTests(TableKind.Bag)
{
    [Fact]
    public void An_object_that_is_there_is_not_inserted_again_and_keeps_its_place()
    {
        foreach (var value in (string[])["a", "b", "a", "c", "b"])
            File.Insert("k", value);
        Assert.Equal(["a", "b", "c"], File.Lookup("k"));
        File.Commit(plan => { plan.Insert("k", "d"); plan.Insert("k", "a"); plan.Insert("k", "d"); });
        Assert.Equal(["a", "b", "c", "d"], File.Lookup("k"));
        _table.RequireSound(rows: 4);
    }

    [Fact]
    public void An_object_that_was_deleted_comes_back_at_the_end()
    {
        foreach (var value in (string[])["a", "b", "c"])
            File.Insert("k", value);
        File.DeleteObject("k", "a");
        File.Insert("k", "a");
        Assert.Equal(["b", "c", "a"], File.Lookup("k"));
        File.Commit(plan => { plan.DeleteObject("k", "b"); plan.Insert("k", "b"); });
        Assert.Equal(["c", "a", "b"], File.Lookup("k"));
        _table.RequireSound(rows: 3);
    }
}
