namespace EtsPersist.Mmf.Bench.CommandLine;

/// <summary>What the program understands.</summary>
internal static class Help
{
    public static void WriteTo(TextWriter output)
    {
        output.WriteLine(BenchmarkOptions.Usage);
        foreach (var (group, names) in BenchmarkOptions.Offered)
            output.WriteLine($"                {group,-12}{string.Join(' ', names)}");
        output.WriteLine("  --json FILE   also writes the results as JSON");
    }
}
