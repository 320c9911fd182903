using System.Text;
using EtsPersist.Mmf.Manager.Configuration;
using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Tests.Configuration;

public sealed class ConfigurationParserTests
{
    [Fact]
    public void The_four_things_that_define_a_table_are_read()
    {
        var tables = Parse("""
            {"tables":[
              {"id":"accounts","options":{"kind":"set","access":"public","maximumBytes":16777216},
               "findMe":{"role":"billing","rule":"oldest"},"giftData":{"a": [1, 2]}},
              {"id":"plain"}
            ]}
            """).Tables;
        Assert.Equal(["accounts", "plain"], tables.Select(table => table.Id));
        Assert.Equal(new TableFileOptions { Access = TableAccess.Public, MaximumBytes = 16 << 20 }, tables[0].Options);
        Assert.Equal(new FindMe("billing"), tables[0].FindMe);
        Assert.Equal("""{"a": [1, 2]}""", Encoding.UTF8.GetString(tables[0].GiftData.Span));
        Assert.Equal((new TableFileOptions(), null, 0), (tables[1].Options, tables[1].FindMe, tables[1].GiftData.Length));
    }

    [Theory]
    [InlineData("set", TableKind.Set)]
    [InlineData("orderedSet", TableKind.OrderedSet)]
    [InlineData("bag", TableKind.Bag)]
    [InlineData("duplicateBag", TableKind.DuplicateBag)]
    public void The_kind_of_a_table_is_read(string name, TableKind kind) =>
        Assert.Equal(kind, Parse($$$"""{"tables":[{"id":"t","options":{"kind":"{{{name}}}"}}]}""").Tables[0].Options.Kind);

    [Theory]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("3.50", "3.50")]
    [InlineData("null", "null")]
    [InlineData("\"\\u00e4\"", "\"\\u00e4\"")]
    public void Gift_data_is_any_value_and_arrives_as_it_stands(string value, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Parse($$"""{"tables":[{"id":"t","giftData":{{value}}}]}""").Tables[0].GiftData.Span));

    [Fact]
    public void An_empty_configuration_and_a_byte_order_mark_are_no_mistakes()
    {
        Assert.Empty(Parse("{}").Tables);
        Assert.Empty(ConfigurationParser.Parse("tables.json", [0xef, 0xbb, 0xbf, (byte)'{', (byte)'}']).Tables);
    }

    [Theory]
    [InlineData("", 1, 1, "the file ends|no valid JSON")]
    [InlineData("[]", 1, 1, "must be an object, not an array")]
    [InlineData("{\n  \"table\": []\n}", 2, 3, "has no member 'table'; its members are tables, arrivals, silence")]
    [InlineData("{\"tables\":[\n {\"id\":\"a\"},\n  {\"id\":\"A\"}]}", 3, 9, "'A' is defined twice")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"id\":\"b\"}]}", 1, 22, "'id' twice")]
    [InlineData("{\"tables\":[{}]}", 1, 12, "has no id")]
    [InlineData("{\"tables\":[{\"id\":\"a b\"}]}", 1, 18, "'a b'")]
    [InlineData("{\"tables\":[{\"id\":7}]}", 1, 18, "must be a string, not a number")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"options\":{\"kind\":\"heap\"}}]}", 1, 40, "no kind 'heap'; the kinds are set")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"options\":{\"Access\":\"public\"}}]}", 1, 33, "no member 'Access'")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"options\":{\"maximumBytes\":1}}]}", 1, 48, "maximumBytes is 16777216")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"options\":{\"maximumBytes\":1.5}}]}", 1, 48, "must be an integer")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"findMe\":{\"rule\":\"oldest\"}}]}", 1, 31, "findMe has no role")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"findMe\":{\"role\":\"r\",\"rule\":\"youngest\"}}]}", 1, 50, "no rule 'youngest'; the rules are oldest")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"findMe\":{\"role\":\"r\",\"command\":[]}}]}", 1, 53, "command begins with a program")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"findMe\":{\"role\":\"r\",\"rule\":\"newest\",\"command\":[\"c\"]}}]}", 1, 31, "a rule and a command")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"findMe\":{\"role\":\"r\",\"timeLimitMilliseconds\":5}}]}", 1, 31, "there is none")]
    [InlineData("{\"silence\":{\"kill\":true}}", 1, 12, "limitMilliseconds of silence is 100 to 3600000, not 0")]
    [InlineData("{\"arrivals\":{\"quarantineAfter\":0}}", 1, 32, "quarantineAfter of arrivals is 1 to 1000000, not 0")]
    [InlineData("{\"arrivals\":{\"quarantineMilliseconds\":999}}", 1, 39, "quarantineMilliseconds of arrivals is 1000 to 2592000000, not 999")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"arrivals\":{\"window\":1}}]}", 1, 34, "no member 'window'; its members are windowMilliseconds, burst")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"local\":true}]}", 1, 12, "its access must be public")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"local\":1}]}", 1, 30, "must be true or false, not a number")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"standing\":{}}]}", 1, 22, "no member 'standing'")]
    [InlineData("{\"tables\":[{\"id\":\"ä\",\"findMe\":null}]}", 1, 18, "U+|character")]
    [InlineData("{\"tables\":[{\"giftData\":\"ä\",\"findMe\":null}]}", 1, 37, "must be an object, not null")]
    [InlineData("{\"tables\":[,]}", 1, 12, "no valid JSON")]
    [InlineData("{\n\"tables\":[]\n} x", 3, 3, "no valid JSON")]
    [InlineData("{\"tables\":[{\"id\":\"a\",\"giftData\":[1,}]}", 1, 36, "no valid JSON")]
    [InlineData("{\"tables\":[{\"id\":\"a\"}", 1, 22, "no valid JSON|ends")]
    public void A_mistake_is_named_with_its_line_and_column(string text, int line, int column, string message)
    {
        var error = Assert.Throws<ConfigurationException>(() => Parse(text));
        Assert.StartsWith($"Configuration 'tables.json', line {line}, column {column}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message.Split('|'), part => error.Message.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void The_limits_on_deaths_on_arrival_are_read_for_all_tables_and_for_one()
    {
        var read = Parse("""
            {"arrivals":{"quarantineAfter":5,"quarantineMilliseconds":60000},
             "tables":[{"id":"a","arrivals":{"windowMilliseconds":250,"burst":0,"perSecond":1,"workerQuarantineAfter":7}},{"id":"b"}]}
            """);
        Assert.Equal(new ArrivalLimits { QuarantineAfter = 5, QuarantineTime = TimeSpan.FromMinutes(1) }, read.Arrivals);
        Assert.Equal(new ArrivalLimits { Window = TimeSpan.FromMilliseconds(250), Burst = 0, PerSecond = 1, WorkerQuarantineAfter = 7 }, read.Tables[0].Arrivals);
        Assert.Null(read.Tables[1].Arrivals);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = Path.Join(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        Assert.Contains(path, Assert.Throws<ConfigurationException>(() => ConfigurationParser.ParseFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kept_definition_is_read_as_it_was_written()
    {
        var definition = new TableDefinition
        {
            Id = "accounts",
            Options = new TableFileOptions { Access = TableAccess.Private, MaximumBytes = 32 << 20 },
            FindMe = new FindMe("billing"),
            Arrivals = new ArrivalLimits { Burst = 3, QuarantineTime = TimeSpan.FromDays(2) },
            GiftData = new byte[] { 0, 255, 34 },
        };
        var read = TableDefinitionParser.ParseDocument("accounts.1.json", TableDefinitionWriter.Write(definition));
        Assert.Equal(definition with { GiftData = default }, read with { GiftData = default });
        Assert.Equal(definition.GiftData.ToArray(), read.GiftData.ToArray());
    }

    private static ManagerConfiguration Parse(string text) => ConfigurationParser.Parse("tables.json", Encoding.UTF8.GetBytes(text));
}
