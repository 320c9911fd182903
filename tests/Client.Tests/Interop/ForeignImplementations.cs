using System.Diagnostics;

namespace EtsPersist.Mmf.Client.Tests.Interop;

/// <summary>The implementations of other people that ours is tested against. They are installed where they are missing.</summary>
internal static class ForeignImplementations
{
    private static readonly TimeSpan InstallationLimit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string?> Missing = new(Install);

    /// <summary>Why they are not there, or null if they are.</summary>
    public static string? WhyMissing => Missing.Value;

    /// <summary>Where npm's packages lie.</summary>
    public static string NodeModules => Path.Combine(Folder, "node_modules");

    /// <summary>Where the programs of the other side lie.</summary>
    public static string Programs => Path.Combine(AppContext.BaseDirectory, "Interop");

    private static string Folder => SolutionFolder.File("artifacts", "foreign");

    private static string? Install()
    {
        if (!OperatingSystem.IsLinux()) return "The other implementations are installed on Debian only.";
        try
        {
            Run("bash", InstallationLimit, [Path.Combine(Programs, "install.sh"), Folder]);
            return null;
        }
        catch (Exception error)
        {
            return $"The other implementations cannot be installed: {error.Message}";
        }
    }

    /// <summary>Runs a program to its end; what it said on the way is the error's message.</summary>
    public static void Run(string program, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NODE_PATH"] = NodeModules;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program}' did not end within {limit}.");
        }
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{program}' ended with {process.ExitCode}: {errors.Result}{output.Result}");
    }
}
