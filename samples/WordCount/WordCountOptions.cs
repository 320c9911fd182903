using System.Globalization;

namespace WordCount;

/// <summary>What the command line asks for.</summary>
public sealed record WordCountOptions
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        usage: WordCount FILE [--passes N | --repeat] [--piece BYTES] [--instance NAME] [--dir PATH] [--journal FILE]
          --passes N     read the file N times (default 1)
          --repeat       read it until a line comes on standard input, then finish the pass
          --piece BYTES  commit after so many bytes, up to the end of the word (default 4096)
          --instance NAME, --dir PATH   the manager's, as given to 'etspersist run'
          --journal FILE record each batch in a file of this process
        """;

    /// <summary>The text.</summary>
    public string Input { get; private init; } = "";

    /// <summary>How often it is read.</summary>
    public long Passes { get; private init; } = 1;

    /// <summary>Whether it is read until told to stop.</summary>
    public bool Repeat { get; private init; }

    /// <summary>How many bytes one batch covers.</summary>
    public int PieceSize { get; private init; } = 4096;

    /// <summary>The manager's instance.</summary>
    public string Instance { get; private init; } = "default";

    /// <summary>The manager's directory, or null for the default one.</summary>
    public string? Directory { get; private init; }

    /// <summary>Where batches are recorded, or null.</summary>
    public string? Journal { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An argument is unknown, incomplete or out of its range.</exception>
    public static WordCountOptions Parse(string[] arguments)
    {
        var options = new WordCountOptions();
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = arguments[index];
            string Value() => ++index < arguments.Length ? arguments[index] : throw new FormatException($"{name} needs a value.");
            options = name switch
            {
                "--passes" => options with { Passes = Number(name, Value(), long.MaxValue) },
                "--repeat" => options with { Repeat = true, Passes = long.MaxValue },
                "--piece" => options with { PieceSize = (int)Number(name, Value(), 1 << 20) },
                "--instance" => options with { Instance = Value() },
                "--dir" => options with { Directory = Value() },
                "--journal" => options with { Journal = Value() },
                _ when name.StartsWith('-') || options.Input.Length > 0 => throw new FormatException($"Unknown argument '{name}'."),
                _ => options with { Input = name },
            };
        }
        return options.Input.Length > 0 ? options : throw new FormatException("The file to count is missing.");
    }

    private static long Number(string name, string text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new FormatException($"{name} is a number from 1 to {most}, not '{text}'.");
}
