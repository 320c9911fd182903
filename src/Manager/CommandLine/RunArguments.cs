namespace EtsPersist.Mmf.Manager.CommandLine;

/// <summary>The arguments of <c>etspersist run</c>.</summary>
internal sealed record RunArguments
{
    public string Instance { get; init; } = InstanceDirectory.DefaultInstance;

    /// <summary>The directory of the instances, or null for the default.</summary>
    public string? Directory { get; init; }

    public string? ConfigurationPath { get; init; }

    public string? EventsPath { get; init; }

    public bool IsStandby { get; init; }

    /// <summary>Reads what follows the word <c>run</c>.</summary>
    /// <exception cref="UsageException">An option is unknown, given twice, or lacks its value.</exception>
    public static RunArguments Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new RunArguments();
        var seen = new HashSet<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (option, value) = Split(arguments[i]);
            if (!seen.Add(option)) throw new UsageException($"The option {option} is given twice.");
            if (option == "--standby")
            {
                if (value is not null) throw new UsageException($"The option {option} takes no value.");
                parsed = parsed with { IsStandby = true };
                continue;
            }
            if (option is not ("--instance" or "--dir" or "--config" or "--events"))
                throw new UsageException($"There is no option '{option}' of the command run. See: etspersist run --help");
            if (value is null && i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal)) value = arguments[++i];
            if (string.IsNullOrEmpty(value)) throw new UsageException($"The option {option} needs a value.");
            parsed = option switch
            {
                "--instance" => parsed with { Instance = value },
                "--dir" => parsed with { Directory = value },
                "--config" => parsed with { ConfigurationPath = value },
                _ => parsed with { EventsPath = value },
            };
        }
        return parsed;
    }

    private static (string Option, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
