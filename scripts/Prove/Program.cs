using EtsPersist.Mmf.Harness.Proof;
using EtsPersist.Mmf.Prove;

var root = args[0];
try
{
    var options = ProveOptions.Parse(args[1..]);
    if (options.Help)
    {
        Console.WriteLine(ProveOptions.Usage);
        return 0;
    }
    foreach (var part in ProofPart.All.Except(options.Parts)) Console.WriteLine($"not run: {part.Name}");
    var results = options.Parts.Select(part => ResultOf(part, options)).ToArray();
    Console.WriteLine();
    Console.WriteLine(ProofTable.Render(results));
    if (options.Json is { } file) File.WriteAllText(file, ProofJson.Render(results) + "\n");
    return ProofTable.Verdict(results) == (0, 0) ? 0 : 1;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"{error.Message}\n{ProveOptions.Usage}");
    return 2;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"FAILED: {error.Message}");
    return 1;
}

PartResult ResultOf(ProofPart part, ProveOptions options)
{
    if (options.Report is { } report) return new(part, PartReport.Read(ProofReport.Read(report), part.Name), TestsPassed: true, TimeSpan.Zero);
    Console.WriteLine($"== {part.Name}: {part.What}");
    return TestRun.Of(part, root, options.Quick);
}
