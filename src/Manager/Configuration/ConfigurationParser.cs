namespace EtsPersist.Mmf.Manager.Configuration;

/// <summary>Reads configuration files. Every mistake is a <see cref="ConfigurationException"/> with file, line and column; nothing is guessed.</summary>
internal static class ConfigurationParser
{
    private const int MaximumFileBytes = 64 << 20;
    private static readonly string[] RootMembers = ["tables"];

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
        while (json.NextMember("the configuration", RootMembers, seen) is not null)
        {
            json.RequireArray("tables");
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            while (json.NextElement("tables")) tables.Add(TableDefinitionParser.Parse(ref json, names));
        }
        json.RequireEnd();
        return new ManagerConfiguration { Tables = tables };
    }
}
