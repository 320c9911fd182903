namespace EtsPersist.Mmf.Harness.Processes;

/// <summary>How the programs of this build are started: as the driver itself was, so that none needs a further setting.</summary>
internal static class Executable
{
    private static readonly string Folder = AppContext.BaseDirectory;

    /// <summary>
    /// The command of a program that lies beside the driver: its own executable where the runtime lies there, too, else the host that runs the driver, and what that is
    /// told.
    /// </summary>
    public static string[] CommandOf(string program) => CarriesRuntime
        ? [Path.Combine(Folder, OperatingSystem.IsWindows() ? program + ".exe" : program)]
        : [Host, "exec", Path.Combine(Folder, program + ".dll")];

    /// <summary>The host of this machine's runtime.</summary>
    public static string Host { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static bool CarriesRuntime { get; } = File.Exists(Path.Combine(Folder, Path.GetFileName(typeof(object).Assembly.Location)));
}
