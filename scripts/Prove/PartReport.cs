using System.Text.Json;
using System.Text.Json.Nodes;

namespace EtsPersist.Mmf.Prove;

/// <summary>The lines that the tests of one part have reported, added up.</summary>
/// <remarks>Numbers add up, but of times in milliseconds (names in <c>Ms</c>) the longest counts. Texts and flags only tell the lines apart.</remarks>
internal sealed class PartReport
{
    private const string FailuresName = "failures";
    private const string UnexplainedName = "unexplained";
    private readonly SortedDictionary<string, double> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>How many lines there are.</summary>
    public int Lines { get; private set; }

    /// <summary>What went wrong.</summary>
    public long Failures => (long)_counts.GetValueOrDefault(FailuresName);

    /// <summary>Mutations that no test noticed and nobody has explained.</summary>
    public long Unexplained => (long)_counts.GetValueOrDefault(UnexplainedName);

    /// <summary>The other counts, in the order in which they were first reported. Those of a nested object have its name before theirs.</summary>
    public IEnumerable<(string Name, double Count)> Counts =>
        _order.Where(name => name is not (FailuresName or UnexplainedName)).Select(name => (name, _counts[name]));

    /// <summary>One of the counts; 0 if nobody has reported it.</summary>
    public double CountOf(string name) => _counts.GetValueOrDefault(name);

    /// <summary>Adds up the lines of a part, or of what it calls its own by a name that begins so: <c>hostile-processes</c> belongs to hostile.</summary>
    /// <exception cref="InvalidDataException">A line is no report.</exception>
    public static PartReport Read(IEnumerable<string> lines, string part)
    {
        var report = new PartReport();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var json = Parse(line);
            var name = (string)json["part"]!;
            if (name != part && !name.StartsWith(part + "-", StringComparison.Ordinal)) continue;
            report.Lines++;
            report.Add("", json);
        }
        return report;
    }

    private static JsonObject Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject json && json["part"]?.GetValueKind() == JsonValueKind.String
                ? json
                : throw new InvalidDataException($"A line of the report names no part: {line}");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"A line of the report is no JSON: {line}", error);
        }
    }

    private void Add(string prefix, JsonObject json)
    {
        foreach (var (name, value) in json)
        {
            if (value is JsonObject nested) Add($"{prefix}{name} ", nested);
            else if (value?.GetValueKind() == JsonValueKind.Number) Add(prefix + name, value.GetValue<double>());
        }
    }

    private void Add(string name, double number)
    {
        if (!_counts.TryGetValue(name, out var before)) _order.Add(name);
        _counts[name] = name.EndsWith("Ms", StringComparison.Ordinal) ? Math.Max(before, number) : before + number;
    }
}
