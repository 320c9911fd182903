using EtsPersist.Mmf.Native;

namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Reads one table of a configuration or the definition that is kept beside a table file; both have one form.</summary>
internal static class TableDefinitionParser
{
    /// <summary>The gift data of a kept definition, in base 64.</summary>
    public const string GiftBytes = "giftBytes";

    private static readonly string[] ConfiguredMembers = ["id", "options", "findMe", "local", "recreate", "arrivals", "giftData"];
    private static readonly string[] KeptMembers = ["id", "options", "findMe", "local", "recreate", "arrivals", "goesToCreator", GiftBytes, "standing"];
    private static readonly string[] OptionMembers = ["kind", "access", "maximumBytes"];
    private static readonly string[] FindMeMembers = ["role", "rule", "command", "timeLimitMilliseconds"];

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
        var (isLocal, isRecreated, goesToCreator, standing) = (false, false, false, TableStanding.None);
        ArrivalLimits? arrivals = null;
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
                case "local":
                    isLocal = json.GetBoolean(member);
                    break;
                case "recreate":
                    isRecreated = json.GetBoolean(member);
                    break;
                case "arrivals":
                    arrivals = ArrivalLimitsParser.Parse(ref json);
                    break;
                case "goesToCreator":
                    goesToCreator = json.GetBoolean(member);
                    break;
                case "standing":
                    standing = TableStandingParser.Parse(ref json);
                    break;
                default:
                    giftData = ReadGift(ref json, member);
                    break;
            }
        }
        if (id is null) throw json.ErrorAt(start, "this table has no id");
        if (isLocal && findMe is not null) throw json.ErrorAt(start, $"table '{id}' is local and has a findMe: it stays with the manager, or goes to workers");
        if (isLocal && options.Access != TableAccess.Public) throw json.ErrorAt(start, $"table '{id}' is local, so nobody could write it: its access must be public");
        return new TableDefinition
        {
            Id = id,
            Options = options,
            FindMe = findMe,
            GiftData = giftData,
            IsLocal = isLocal,
            IsRecreated = isRecreated,
            Arrivals = arrivals,
            GoesToCreator = goesToCreator,
            Standing = standing,
        };
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
        var (role, rule, limit) = ((string?)null, (FindMeRule?)null, (TimeSpan?)null);
        IReadOnlyList<string>? command = null;
        var seen = new HashSet<string>();
        while (json.NextMember("findMe", FindMeMembers, seen) is { } member)
        {
            switch (member)
            {
                case "role":
                    role = ReadName(in json, "role");
                    break;
                case "rule":
                    rule = ReadRule(in json);
                    break;
                case "command":
                    command = ReadCommand(ref json);
                    break;
                default:
                    limit = ReadTimeLimit(in json);
                    break;
            }
        }
        if (role is null) throw json.ErrorAt(start, "findMe has no role");
        if (command is null && limit is not null) throw json.ErrorAt(start, "timeLimitMilliseconds is for a command, and there is none");
        if (command is not null && rule is not null) throw json.ErrorAt(start, "findMe has a rule and a command; it is one of them that chooses");
        return new FindMe(role, rule ?? FindMeRule.Oldest, command is null ? null : new FindMeCommand(command, limit ?? FindMeCommand.DefaultTimeLimit));
    }

    private static List<string> ReadCommand(ref JsonObjectReader json)
    {
        json.RequireArray("command");
        var start = json.Offset;
        var arguments = new List<string>();
        while (json.NextElement("command")) arguments.Add(json.GetText("an element of command"));
        return arguments.Count > 0 && arguments[0].Length > 0 ? arguments : throw json.ErrorAt(start, "command begins with a program");
    }

    private static TimeSpan ReadTimeLimit(in JsonObjectReader json)
    {
        var milliseconds = json.GetInteger("timeLimitMilliseconds");
        return milliseconds >= 1 && milliseconds <= FindMeCommand.MostTimeLimit.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw json.Error($"timeLimitMilliseconds is 1 to {FindMeCommand.MostTimeLimit.TotalMilliseconds}, not {milliseconds}");
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

    private static FindMeRule ReadRule(in JsonObjectReader json) => json.GetText("rule") switch
    {
        "oldest" => FindMeRule.Oldest,
        "newest" => FindMeRule.Newest,
        "priority" => FindMeRule.Priority,
        "fewestTables" => FindMeRule.FewestTables,
        var other => throw json.Error($"there is no rule '{other}'; the rules are oldest, newest, priority, fewestTables"),
    };
}
