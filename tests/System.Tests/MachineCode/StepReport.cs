using System.Globalization;
using System.Text.Json;
using EtsPersist.Mmf.System.Tests.MachineCode.Tracing;

namespace EtsPersist.Mmf.System.Tests.MachineCode;

/// <summary>What was stepped through, as a sentence, and as a line of JSON in the file that the environment names as ETSPERSIST_REPORT.</summary>
internal static class StepReport
{
    private static readonly string? Path = Environment.GetEnvironmentVariable("ETSPERSIST_REPORT");

    public static string Write(string operation, CompiledCode code, OperationTrace trace, TimeSpan elapsed, int failures)
    {
        var states = trace.Stores.Count + 1;
        if (!string.IsNullOrEmpty(Path))
        {
            var line = new
            {
                part = "machine",
                tier = code.Tier.ToString(),
                avx2 = code.HasAvx2,
                operation,
                instructions = trace.Instructions,
                states,
                seconds = Math.Round(elapsed.TotalSeconds, 3),
                failures,
            };
            File.AppendAllText(Path, JsonSerializer.Serialize(line) + "\n");
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{operation}, {code}: {trace.Instructions} instructions in {trace.Elapsed.TotalSeconds:F3} s ({trace.Elapsed.TotalMicroseconds / trace.Instructions:F0} µs each), {states} states, {elapsed.TotalSeconds:F1} s in all, {failures} failures");
    }
}
