using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtsPersist.Mmf.Bench.Hosting;

/// <summary>What the numbers were measured on.</summary>
internal sealed record MachineDescription
{
    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required long MemoryBytes { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Which collector runs, and whether it works beside the program.</summary>
    public required string GarbageCollection { get; init; }

    /// <summary>Whether the runtime was told anything other than its defaults.</summary>
    public required string RuntimeSettings { get; init; }

    /// <summary>Huge pages for the heap and for shared memory: they decide what a random access costs in address translation.</summary>
    public required string HugePages { get; init; }

    public static MachineDescription Current() => new()
    {
        Processor = ProcessorName(),
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        System = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, "
            + $"vectors of {(Vector256.IsHardwareAccelerated ? 256 : 128)} bits",
        Runtime = RuntimeInformation.FrameworkDescription + (Debugger.IsAttached ? ", debugger attached" : ""),
        GarbageCollection = (GCSettings.IsServerGC ? "server" : "workstation")
            + (GCSettings.LatencyMode == GCLatencyMode.Batch ? ", not concurrent" : ", concurrent"),
        RuntimeSettings = Settings(),
        HugePages = OperatingSystem.IsLinux() ? $"heap {Chosen("enabled")}, shared memory {Chosen("shmem_enabled")}" : "unknown",
    };

    private static string ProcessorName()
    {
        const string information = "/proc/cpuinfo", name = "model name";
        var lines = File.Exists(information) ? File.ReadLines(information) : [];
        if (lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line)
            return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }

    private static string Settings()
    {
        var set = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("DOTNET_Tiered", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("DOTNET_GC", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("DOTNET_TC_", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}");
        return string.Join(' ', set) is { Length: > 0 } settings ? settings : "defaults";
    }

    private static string Chosen(string setting)
    {
        var path = $"/sys/kernel/mm/transparent_hugepage/{setting}";
        if (!File.Exists(path))
            return "unknown";
        var choices = File.ReadAllText(path);
        return choices[(choices.IndexOf('[', StringComparison.Ordinal) + 1)..choices.IndexOf(']', StringComparison.Ordinal)];
    }
}
