using EtsPersist.Mmf.Replay;

const int MostShown = 20;

if (WorkerOrder.TryParse(args) is { } order)
{
    await WorkerProgram.RunAsync(order);
    return 0;
}

return ScriptProgram.Run(ReplayOptions.Usage, interrupted =>
{
    var options = ReplayOptionsParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(ReplayOptions.Usage);
        return 0;
    }
    using var folder = new ReplayFolder();
    var results = new ReplayRun(options, folder, interrupted).Run();
    foreach (var difference in results.SelectMany(result => result.First).Take(MostShown)) Console.WriteLine(difference);
    var differences = results.Sum(result => result.Differences);
    Console.WriteLine($"{results.Sum(result => result.Operations)} operations, {differences} differences");
    return differences == 0 ? 0 : 1;
});
