using EtsPersist.Mmf.Harness.Proof;
using EtsPersist.Mmf.Prove;

var root = args[0];
return ScriptProgram.Run(ProveOptions.Usage, interrupted =>
{
    var options = ProveOptions.Parse(args[1..]);
    if (options.Help)
    {
        Console.WriteLine(ProveOptions.Usage);
        return 0;
    }
    foreach (var part in ProofPart.All.Except(options.Parts)) Console.WriteLine($"not run: {part.Name}");
    var results = options.Parts.Select(part => ResultOf(part, options, interrupted)).ToArray();
    Console.WriteLine();
    Console.WriteLine(ProofTable.Render(results));
    if (options.Json is { } file) File.WriteAllText(file, ProofJson.Render(results) + "\n");
    return ProofTable.Verdict(results) == (0, 0) ? 0 : 1;
});

PartResult ResultOf(ProofPart part, ProveOptions options, CancellationToken interrupted)
{
    if (options.Report is { } report) return new(part, PartReport.Read(ProofReport.Read(report), part.Name), TestsPassed: true, TimeSpan.Zero);
    Console.WriteLine($"== {part.Name}: {part.What}");
    return TestRun.Of(part, root, options.Quick, interrupted);
}
