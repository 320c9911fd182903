namespace EtsPersist.Mmf.Client.Tests;

public sealed class TypedSchemaTests
{
    [Fact]
    public void A_table_that_no_owner_has_given_a_schema_is_not_ready_for_readers()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        var error = Assert.Throws<TableNotReadyException>(() => tables.Open<string, long>(writable: false));
        Assert.Contains("rows", error.Message, StringComparison.Ordinal);
        using var owner = tables.Own<string, long>();
        using var reader = tables.Open<string, long>(writable: false);
        owner.Insert("a", 1);
        Assert.True(reader.ContainsKey("a"));
    }

    [Fact]
    public void Another_schema_is_refused_naming_both()
    {
        using var tables = new TypedTables();
        using var table = tables.Open<string, Person>();
        var error = Assert.Throws<TableSchemaException>(() => tables.Open<string, Animal>());
        Assert.Contains("rows", error.Message, StringComparison.Ordinal);
        Assert.Contains("Name", error.Message, StringComparison.Ordinal);
        Assert.Contains("Legs", error.Message, StringComparison.Ordinal);
        Assert.Throws<TableSchemaException>(() => tables.Open<long, Person>());
        Assert.Throws<TableSchemaException>(() => tables.Open<string, string>(writable: false));
    }

    [Fact]
    public void A_schema_is_refused_to_owners_and_to_readers_of_protected_tables_alike()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        var owner = tables.Own<string, long>(() => ValueTask.CompletedTask);
        Assert.Throws<TableSchemaException>(() => tables.Open<string, int>(writable: false));
        owner.Dispose();
        Assert.Throws<TableSchemaException>(() => tables.Own<string, string>());
    }

    [Fact]
    public void Two_versions_of_a_record_share_a_table()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        using (var first = tables.Own<string, Person>())
            first.Insert("alice", new Person("alice", 30));
        using var oldReader = tables.Open<string, Person>(writable: false);
        using var second = tables.Own<string, PersonWithCity>();
        Assert.Equal(new PersonWithCity("alice", 30), Assert.Single(second.Lookup("alice")));
        second.Insert("bob", new PersonWithCity("bob", 40, "Köln"));
        Assert.Equal(new Person("bob", 40), Assert.Single(oldReader.Lookup("bob")));
        Assert.Contains("City", oldReader.Schema.ToString(), StringComparison.Ordinal);
        using var lateReader = tables.Open<string, Person>(writable: false);
        Assert.Equal(2, lateReader.Count);
        using var newReader = tables.Open<string, PersonWithCity>(writable: false);
        Assert.Equal("Köln", Assert.Single(newReader.Lookup("bob")).City);
    }

    [Fact]
    public void Version_1_as_owner_after_version_2_keeps_the_newer_schema()
    {
        using var tables = new TypedTables(TableAccess.Protected);
        using (var newer = tables.Own<string, PersonWithCity>())
            newer.Insert("alice", new PersonWithCity("alice", 30, "Bonn"));
        using var older = tables.Own<string, Person>();
        older.Insert("bob", new Person("bob", 40));
        Assert.Contains("City", older.Schema.ToString(), StringComparison.Ordinal);
        using var reader = tables.Open<string, PersonWithCity>(writable: false);
        Assert.Equal(["Bonn", "nowhere"], reader.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Value.City));
    }

    [Fact]
    public void A_type_that_cannot_be_stored_is_refused_by_name()
    {
        using var tables = new TypedTables();
        var error = Assert.ThrowsAny<EtsException>(() => tables.Open<string, Action>());
        Assert.Contains("Action", error.Message, StringComparison.Ordinal);
    }

    private sealed record Person(string Name, int Age);

    private sealed record PersonWithCity(string Name, int Age, string City = "nowhere");

    private sealed record Animal(string Kind, int Legs);
}
