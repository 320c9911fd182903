namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>How the programs of this build are started: by the host that runs the driver, which needs no further setting.</summary>
internal static class Executable
{
    /// <summary>The file that is started.</summary>
    public static string Host { get; } = IsDotnet(Environment.ProcessPath) ? Environment.ProcessPath! : "dotnet";

    /// <summary>The arguments that make the host run a program which lies beside the driver.</summary>
    public static IEnumerable<string> ArgumentsFor(string program) => ["exec", Path.Combine(AppContext.BaseDirectory, program + ".dll")];

    private static bool IsDotnet(string? path) => Path.GetFileNameWithoutExtension(path) is "dotnet";
}
