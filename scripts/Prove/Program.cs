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
    var results = new List<PartResult>();
    foreach (var part in options.Parts)
    {
        Console.WriteLine($"== {part.Name}: {part.What}");
        results.Add(TestRun.Of(part, root));
    }
    Console.WriteLine();
    Console.WriteLine(ProofTable.Render(results));
    return ProofTable.Verdict(results) == (0, 0) ? 0 : 1;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"{error.Message}\n{ProveOptions.Usage}");
    return 2;
}
catch (InvalidDataException error)
{
    Console.Error.WriteLine($"FAILED: {error.Message}");
    return 1;
}
