namespace EtsPersist.Mmf.Client.Tests;

public sealed class TableSchemaTests
{
    [Fact]
    public void A_schema_reads_like_a_declaration() =>
        Assert.Equal("key: string; value: Account { 1 Id: int64, 2 Balance: int64 }", Of<string, Account>().ToString());

    [Fact]
    public void Every_kind_of_node_comes_back()
    {
        var schema = Of<(int, string), Everything>();
        var read = TableSchema.Decode(schema.Encode());
        Assert.Equal(schema.ToString(), read.ToString());
        Assert.Equal(SchemaRelation.Same, Compatibility.Check(read, schema).Relation);
        Assert.Equal(
            "key: (int32, string); value: Everything { 1 Text: string, 2 Account: Account { 1 Id: int64, 2 Balance: int64 }, "
            + "3 Numbers: [int32], 4 Map: map<string, guid>, 5 Maybe: float64?, 6 Next: ^Everything }",
            read.ToString());
        Assert.Equal(Of<long, Raw>().ToString(), TableSchema.Decode(Of<long, Raw>().Encode()).ToString());
    }

    [Fact]
    public void The_stored_bytes_are_these_for_ever() => Assert.Equal(
        "9301a6737472696e679901a74163636f756e740001a24964a5696e74363402a742616c616e6365a5696e743634",
        Convert.ToHexStringLower(Of<string, Account>().Encode()));

    [Fact]
    public void A_schema_that_is_too_large_is_refused_with_its_size()
    {
        var members = Enumerable.Range(1, 100)
            .Select(index => new SchemaMember(index, $"AMemberWithAName{index}", SchemaNode.Primitive("int64"))).ToArray();
        var schema = new TableSchema(SchemaNode.Primitive("int64"), SchemaNode.Record("Wide", members));
        var error = Assert.Throws<TableSchemaException>(schema.Encode);
        Assert.Contains("1500", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_schema_give_the_typed_error_and_nothing_else()
    {
        var good = Of<string, Everything>().Encode();
        var random = new Random(5);
        for (var length = 0; length < good.Length; length++)
            Assert.Throws<TableSchemaException>(() => TableSchema.Decode(good.AsSpan(0, length)));
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = (byte[])good.Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotNull(TableSchema.Decode(bytes).ToString());
            }
            catch (TableSchemaException)
            {
                // The one error that is allowed.
            }
        }
    }

    [Fact]
    public void A_newer_version_of_the_format_is_named() =>
        Assert.Contains(
            "version 2",
            Assert.Throws<TableSchemaException>(() => TableSchema.Decode([0x93, 0x02, 0xa0, 0xa0])).Message,
            StringComparison.Ordinal);

    private static TableSchema Of<TKey, TValue>() => TableSchema.Of(Codecs.ForKey<TKey>(), Codecs.ForValue<TValue>());

    private sealed record Account(long Id, long Balance);

    private readonly record struct Raw(long Id, double Value);

    private sealed record Everything(
        string Text, Account Account, List<int> Numbers, Dictionary<string, Guid> Map, double? Maybe, Everything? Next);
}
