using System.Globalization;

namespace EtsPersist.Mmf.Chaos;

/// <summary>Reads the command line.</summary>
internal static class ChaosOptionsParser
{
    /// <summary>Reads the arguments, or throws a <see cref="UsageException"/> that names the one that is wrong.</summary>
    public static ChaosOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            string Value() => ++index < arguments.Count ? arguments[index] : throw new UsageException($"{name} needs a value.");
            options = name switch
            {
                "--kills" => options with { Kills = (int)Number(name, Value(), 0, 1_000_000) },
                "--workers" => options with { Workers = (int)Number(name, Value(), 1, 64) },
                "--standbys" => options with { Standbys = (int)Number(name, Value(), 0, 16) },
                "--rows" => options with { Rows = Number(name, Value(), 0, 1_000_000_000) },
                "--seed" => options with { Seed = (int)Number(name, Value(), 0, int.MaxValue) },
                "--target" => options with { Target = Choice<KillTarget>(name, Value(), "owner", "random", "manager", "all") },
                "--sabotage" => options with { Sabotage = Choice<SabotageKind>(name, Value(), "lost", "torn", "doubleOwners") },
                "--json" => options with { Json = Path.GetFullPath(Value()) },
                "--input" => options with { Input = Path.GetFullPath(Value()) },
                "--dir" => options with { Directory = Path.GetFullPath(Value()) },
                "--help" or "-h" => options with { Help = true },
                _ => throw new UsageException($"Unknown argument '{name}'."),
            };
        }
        RequireSense(options);
        return options;
    }

    private static void RequireSense(ChaosOptions options)
    {
        if (options.Input is { } input && !File.Exists(input)) throw new UsageException($"--input: there is no file {input}.");
        if (options.Input is { } text && new FileInfo(text).Length == 0) throw new UsageException($"--input: {text} is empty.");
        if (options.Json is { } json && (Directory.Exists(json) || !Directory.Exists(Path.GetDirectoryName(json))))
            throw new UsageException($"--json: {json} cannot be a file: its directory is missing, or it is one itself.");
        if (options.Sabotage == SabotageKind.None) return;
        if (options.Target == KillTarget.Manager) throw new UsageException("--sabotage needs a --target that kills workers.");
        if (options.Kills == 0) throw new UsageException("--sabotage happens at kills: it needs --kills of at least 1.");
        if (options.Sabotage == SabotageKind.DoubleOwners && options.Workers < 2)
            throw new UsageException("--sabotage doubleOwners needs a second worker: --workers of at least 2.");
    }

    private static long Number(string name, string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} is a number from {least} to {most}, not '{text}'.");

    private static T Choice<T>(string name, string text, params string[] choices) where T : struct, Enum =>
        choices.Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new UsageException($"{name} is one of {string.Join(", ", choices)}, not '{text}'.");
}
