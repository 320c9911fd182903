namespace EtsPersist.Mmf.Replay;

/// <summary>Reads the command line.</summary>
internal static class ReplayOptionsParser
{
    /// <summary>Reads the arguments, or throws a <see cref="UsageException"/> that names the one that is wrong.</summary>
    public static ReplayOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ReplayOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            options = argument switch
            {
                "--stress" => options with { Stress = true },
                "--only" => options with { Only = ++index < arguments.Count ? arguments[index] : throw new UsageException("--only needs a value.") },
                "--help" or "-h" => options with { Help = true },
                _ when argument.StartsWith('-') || options.Directory.Length > 0 => throw new UsageException($"Unknown argument '{argument}'."),
                _ => options with { Directory = Path.GetFullPath(argument) },
            };
        }
        if (options.Help) return options;
        if (options.Directory.Length == 0) throw new UsageException("DIR is missing.");
        return Directory.Exists(options.Directory) ? options : throw new UsageException($"DIR: there is no folder {options.Directory}.");
    }
}
