namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Reads configuration files. Every mistake is a <see cref="ConfigurationException"/> with file, line and column; nothing is guessed.</summary>
internal static class ConfigurationParser
{
    /// <summary>How long a configuration may be, and so the definition of any table of it.</summary>
    public const int MaximumFileBytes = 64 << 20;

    private static readonly string[] RootMembers = ["tables", "arrivals", "silence"];
    private static readonly string[] SilenceMembers = ["limitMilliseconds", "kill"];

    public static ManagerConfiguration ParseFile(string path)
    {
        byte[] text;
        try
        {
            if (new FileInfo(path).Length > MaximumFileBytes)
                throw new ConfigurationException($"Configuration '{path}' is longer than {MaximumFileBytes} bytes; is it the right file?");
            text = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Configuration '{path}' cannot be read: {error.Message}", error);
        }
        return Parse(path, text);
    }

    public static ManagerConfiguration Parse(string file, ReadOnlySpan<byte> text)
    {
        var json = new JsonObjectReader(file, text);
        var tables = new List<TableDefinition>();
        var seen = new HashSet<string>();
        json.Next("an object with the member tables");
        json.RequireObject("the configuration");
        var (arrivals, silence) = (ArrivalLimits.Default, SilenceLimit.None);
        while (json.NextMember("the configuration", RootMembers, seen) is { } member)
        {
            if (member == "silence")
            {
                silence = ParseSilence(ref json);
                continue;
            }
            if (member == "arrivals")
            {
                arrivals = ArrivalLimitsParser.Parse(ref json);
                continue;
            }
            json.RequireArray("tables");
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            while (json.NextElement("tables")) tables.Add(TableDefinitionParser.Parse(ref json, names));
        }
        json.RequireEnd();
        return new ManagerConfiguration { Tables = tables, Arrivals = arrivals, Silence = silence };
    }

    private static SilenceLimit ParseSilence(ref JsonObjectReader json)
    {
        json.RequireObject("silence");
        var start = json.Offset;
        var (limit, kills) = (0L, false);
        var seen = new HashSet<string>();
        while (json.NextMember("silence", SilenceMembers, seen) is { } member)
        {
            if (member == "kill") kills = json.GetBoolean(member);
            else limit = json.GetInteger(member);
        }
        return limit >= SilenceLimit.LeastLimit.TotalMilliseconds && limit <= SilenceLimit.MostLimit.TotalMilliseconds
            ? new SilenceLimit(TimeSpan.FromMilliseconds(limit), kills)
            : throw json.ErrorAt(start, $"limitMilliseconds of silence is {SilenceLimit.LeastLimit.TotalMilliseconds} to {SilenceLimit.MostLimit.TotalMilliseconds}, not {limit}");
    }
}
