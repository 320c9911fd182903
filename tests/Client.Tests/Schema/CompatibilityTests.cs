namespace EtsPersist.Mmf.Client.Tests;

public sealed class CompatibilityTests
{
    [Fact]
    public void A_program_with_more_members_at_the_end_finds_the_stored_schema_older()
    {
        var comparison = Check<string, V1, V2>();
        Assert.Equal(SchemaRelation.StoredIsOlder, comparison.Relation);
        Assert.Equal(Of<string, V2>().Value.Members.Count, comparison.Merged.Value.Members.Count);
    }

    [Fact]
    public void A_program_with_fewer_members_finds_the_stored_schema_newer_and_keeps_it()
    {
        var comparison = Check<string, V2, V1>();
        Assert.Equal(SchemaRelation.StoredIsNewer, comparison.Relation);
        Assert.Equal(3, comparison.Merged.Value.Members.Count);
    }

    [Fact]
    public void A_renamed_type_is_the_same_schema() => Assert.Equal(SchemaRelation.Same, Check<string, V1, Other>().Relation);

    [Fact]
    public void Records_inside_records_follow_the_rule_and_both_sides_are_merged()
    {
        Assert.Equal(SchemaRelation.StoredIsOlder, Check<int, List<V1>, List<V2>>().Relation);
        Assert.Equal(SchemaRelation.StoredIsNewer, Check<int, Dictionary<string, V2>, Dictionary<string, V1>>().Relation);
        var comparison = Check<int, Left, Right>();
        Assert.Equal(SchemaRelation.StoredIsOlder, comparison.Relation);
        Assert.Equal([3, 3], comparison.Merged.Value.Members.Select(member => member.Type.Members.Count));
    }

    [Fact]
    public void Every_other_change_is_refused_with_its_place_and_both_schemas()
    {
        Refused<string, V1, Renamed>("value has member 2 Balance, not 2 Amount");
        Refused<string, V1, Retyped>("value.Balance is stored as int64, not as int32");
        Refused<string, V1, Swapped>("value has member 1 Name, not 1 Balance");
        Refused<string, int, long>("value is stored as int32, not as int64");
        Refused<string, int, int?>("value is stored as int32");
        Refused<string, RawV1, RawV2>("value has a Struct of size 8, not 16");
        Refused<string, RawV1, RawRenamed>("value has member 0 First, not 0 Other");
        Refused<string, V1, RawV1>("value is stored as Record");
        Refused<string, (int, int), (int, int, int)>("value has 2 parts, not 3");
    }

    [Fact]
    public void A_key_never_changes()
    {
        var error = Assert.Throws<TableSchemaException>(() => Compatibility.Check(Of<string, int>(), Of<long, int>()));
        Assert.Contains("key is stored as string, not as int64", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<TableSchemaException>(() => Compatibility.Check(Of<V1, int>(), Of<V2, int>()));
        Assert.Contains("keys never change", error.Message, StringComparison.Ordinal);
    }

    private static SchemaComparison Check<TKey, TStored, TMine>() => Compatibility.Check(Of<TKey, TStored>(), Of<TKey, TMine>());

    private static void Refused<TKey, TStored, TMine>(string difference)
    {
        var error = Assert.Throws<TableSchemaException>(() => Check<TKey, TStored, TMine>());
        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
        Assert.Contains(Of<TKey, TStored>().ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains(Of<TKey, TMine>().ToString(), error.Message, StringComparison.Ordinal);
    }

    private static TableSchema Of<TKey, TValue>() => TableSchema.Of(Codecs.ForKey<TKey>(), Codecs.ForValue<TValue>());

    private sealed record V1(string Name, long Balance);

    private sealed record V2(string Name, long Balance, string Currency);

    private sealed record Other(string Name, long Balance);

    private sealed record Renamed(string Name, long Amount);

    private sealed record Retyped(string Name, int Balance);

    private sealed record Swapped(long Balance, string Name);

    private sealed record Left(V1 First, V2 Second);

    private sealed record Right(V2 First, V1 Second);

    private readonly record struct RawV1(long First);

    private readonly record struct RawV2(long First, long Second);

    private readonly record struct RawRenamed(long Other);
}
