using EtsPersist.Mmf.Soak;

if (args is [ReserveProgram.Command, var counters, var records])
{
    ReserveProgram.Run(counters, records);
    return 0;
}
if (args is [OwnerProgram.Command, var root, var journal, var numbers, var sabotage])
{
    await new OwnerProgram(root, journal, numbers, Enum.Parse<Sabotage>(sabotage)).RunAsync();
    return 0;
}

return ScriptProgram.Run(SoakOptions.Usage, interrupted =>
{
    var options = SoakOptionsParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(SoakOptions.Usage);
        return 0;
    }
    using var folder = new SoakFolder(options);
    using var run = new SoakRun(options, folder, interrupted);
    var result = run.Run();
    Console.WriteLine();
    Console.WriteLine(ResultTable.Render(result));
    if (options.Json is { } path) File.WriteAllText(path, ResultJson.Render(result) + Environment.NewLine);
    return result.Passed ? 0 : 1;
});
