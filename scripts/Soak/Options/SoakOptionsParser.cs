using System.Globalization;

namespace EtsPersist.Mmf.Soak;

/// <summary>Reads the command line.</summary>
internal static class SoakOptionsParser
{
    private static readonly Dictionary<string, Sabotage> Sabotages = new(StringComparer.Ordinal)
    {
        ["lost"] = Sabotage.Lost,
        ["torn"] = Sabotage.Torn,
        ["leaked"] = Sabotage.Leaked,
        ["doubleOwners"] = Sabotage.DoubleOwners,
    };

    /// <summary>Reads the arguments, or throws a <see cref="UsageException"/> that names the one that is wrong.</summary>
    public static SoakOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            string Value() => ++index < arguments.Count ? arguments[index] : throw new UsageException($"{name} needs a value.");
            options = name switch
            {
                "--minutes" => options with { Time = Minutes(name, Value()) },
                "--seed" => options with { Seed = Seed(name, Value()) },
                "--sabotage" => options with { Sabotage = SabotageOf(name, Value()) },
                "--json" => options with { Json = Path.GetFullPath(Value()) },
                "--dir" => options with { Directory = Path.GetFullPath(Value()) },
                "--help" or "-h" => options with { Help = true },
                _ => throw new UsageException($"Unknown argument '{name}'."),
            };
        }
        if (options.Json is { } json && (Directory.Exists(json) || !Directory.Exists(Path.GetDirectoryName(json))))
            throw new UsageException($"--json: {json} cannot be a file: its directory is missing, or it is one itself.");
        return options;
    }

    private static TimeSpan Minutes(string name, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 0.05 and <= 10_000
            ? TimeSpan.FromMinutes(minutes)
            : throw new UsageException($"{name} is a number from 0.05 to 10000, not '{text}'.");

    private static int Seed(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new UsageException($"{name} is a number from 0 to {int.MaxValue}, not '{text}'.");

    private static Sabotage SabotageOf(string name, string text) =>
        Sabotages.TryGetValue(text, out var sabotage)
            ? sabotage
            : throw new UsageException($"{name} is one of {string.Join(", ", Sabotages.Keys)}, not '{text}'.");
}
