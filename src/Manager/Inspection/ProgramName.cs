using System.Diagnostics;

namespace EtsPersist.Mmf.Manager.Inspection;

/// <summary>What a process runs, as a person would call it.</summary>
internal static class ProgramName
{
    private const string Host = "dotnet";
    private const string Assembly = ".dll";

    /// <summary>The name of its program; of one that the .NET host runs, that of its assembly, where the system tells.</summary>
    public static string Of(Process process)
    {
        var name = process.ProcessName;
        if (name != Host || !OperatingSystem.IsLinux()) return name;
        try
        {
            var words = File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0');
            var assembly = words.FirstOrDefault(word => word.EndsWith(Assembly, StringComparison.Ordinal));
            return assembly is null ? name : Path.GetFileNameWithoutExtension(assembly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return name; // gone meanwhile
        }
    }
}
