using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Reads one table of a configuration or the definition that is kept beside a table file; both have one form.</summary>
internal static class TableDefinitionParser
{
    /// <summary>The gift data of a kept definition, in base 64.</summary>
    public const string GiftBytes = "giftBytes";

    private static readonly string[] ConfiguredMembers = ["id", "options", "findMe", "giftData"];
    private static readonly string[] KeptMembers = ["id", "options", "findMe", GiftBytes];
    private static readonly string[] OptionMembers = ["kind", "access", "maximumBytes"];
    private static readonly string[] FindMeMembers = ["role", "rule"];

    /// <summary>Reads the definition that is kept beside a table file.</summary>
    public static TableDefinition ParseDocument(string file, ReadOnlySpan<byte> text)
    {
        var json = new JsonObjectReader(file, text);
        json.Next("the definition of a table");
        var definition = Parse(ref json, KeptMembers, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        json.RequireEnd();
        return definition;
    }

    /// <summary>Reads a table of a configuration file.</summary>
    /// <param name="json">The reader, on the definition's first token.</param>
    /// <param name="names">The ids read so far; the id is added.</param>
    public static TableDefinition Parse(ref JsonObjectReader json, HashSet<string> names) => Parse(ref json, ConfiguredMembers, names);

    private static TableDefinition Parse(ref JsonObjectReader json, string[] members, HashSet<string> names)
    {
        json.RequireObject("a table");
        var start = json.Offset;
        string? id = null;
        var options = new TableFileOptions();
        FindMe? findMe = null;
        ReadOnlyMemory<byte> giftData = default;
        var seen = new HashSet<string>();
        while (json.NextMember("a table", members, seen) is { } member)
        {
            switch (member)
            {
                case "id":
                    id = ReadName(in json, "table");
                    if (!names.Add(id)) throw json.Error($"table '{id}' is defined twice; names differ in more than case");
                    break;
                case "options":
                    options = ParseOptions(ref json);
                    break;
                case "findMe":
                    findMe = ParseFindMe(ref json);
                    break;
                default:
                    giftData = ReadGift(ref json, member);
                    break;
            }
        }
        if (id is null) throw json.ErrorAt(start, "this table has no id");
        return new TableDefinition { Id = id, Options = options, FindMe = findMe, GiftData = giftData };
    }

    private static TableFileOptions ParseOptions(ref JsonObjectReader json)
    {
        json.RequireObject("options");
        var options = new TableFileOptions();
        var seen = new HashSet<string>();
        while (json.NextMember("options", OptionMembers, seen) is { } member)
        {
            options = member switch
            {
                "kind" => options with { Kind = ReadKind(in json) },
                "access" => options with { Access = ReadAccess(in json) },
                _ => options with { MaximumBytes = ReadMaximumBytes(in json) },
            };
        }
        return options;
    }

    private static FindMe ParseFindMe(ref JsonObjectReader json)
    {
        json.RequireObject("findMe");
        var start = json.Offset;
        string? role = null;
        var seen = new HashSet<string>();
        while (json.NextMember("findMe", FindMeMembers, seen) is { } member)
        {
            if (member == "role") role = ReadName(in json, "role");
            else RequireOldest(in json);
        }
        return role is null ? throw json.ErrorAt(start, "findMe has no role") : new FindMe(role);
    }

    private static ReadOnlyMemory<byte> ReadGift(ref JsonObjectReader json, string member)
    {
        var start = json.Offset;
        var gift = member == GiftBytes ? json.GetBase64(member) : json.GetRaw();
        return gift.Length <= TableDefinition.MaximumGiftBytes
            ? gift
            : throw json.ErrorAt(start, $"{member} is longer than {TableDefinition.MaximumGiftBytes} bytes");
    }

    private static string ReadName(in JsonObjectReader json, string what)
    {
        var name = json.GetText(what);
        try
        {
            return Names.RequireValid(what, name);
        }
        catch (InvalidNameException error)
        {
            throw json.Error(error.Message);
        }
    }

    private static TableKind ReadKind(in JsonObjectReader json) => json.GetText("kind") switch
    {
        "set" => TableKind.Set,
        "orderedSet" => TableKind.OrderedSet,
        "bag" => TableKind.Bag,
        "duplicateBag" => TableKind.DuplicateBag,
        var other => throw json.Error($"there is no kind '{other}'; the kinds are set, orderedSet, bag, duplicateBag"),
    };

    private static TableAccess ReadAccess(in JsonObjectReader json) => json.GetText("access") switch
    {
        "protected" => TableAccess.Protected,
        "public" => TableAccess.Public,
        "private" => TableAccess.Private,
        var other => throw json.Error($"there is no access '{other}'; the modes are protected, public, private"),
    };

    private static long ReadMaximumBytes(in JsonObjectReader json)
    {
        var bytes = json.GetInteger("maximumBytes");
        return bytes is >= TableDefinition.LeastMaximumBytes and <= TableDefinition.MostMaximumBytes
            ? bytes
            : throw json.Error($"maximumBytes is {TableDefinition.LeastMaximumBytes} (16 MiB) to {TableDefinition.MostMaximumBytes} (1 TiB), not {bytes}");
    }

    private static void RequireOldest(in JsonObjectReader json)
    {
        switch (json.GetText("rule"))
        {
            case "oldest":
                return;
            case "newest" or "priority" or "fewestTables":
                throw json.Error("this version has the rule oldest only");
            case var other:
                throw json.Error($"there is no rule '{other}'; the rules are oldest, newest, priority, fewestTables");
        }
    }
}
