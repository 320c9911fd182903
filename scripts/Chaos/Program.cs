using System.Globalization;
using EtsPersist.Mmf;
using EtsPersist.Mmf.Chaos;
using WordCount;

if (args is [Saboteur.Command, var kind, .. var rest])
{
    await new Saboteur(Enum.Parse<SabotageKind>(kind), WordCountOptions.Parse(rest)).RunAsync();
    return 0;
}
if (args is [FillerRows.Command, var directory, var instance, var access, var rows])
{
    await FillerRows.LoadAsync(directory, instance, Enum.Parse<TableAccess>(access), long.Parse(rows, CultureInfo.InvariantCulture));
    return 0;
}

return ScriptProgram.Run(ChaosOptions.Usage, interrupted =>
{
    var options = ChaosOptionsParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(ChaosOptions.Usage);
        return 0;
    }
    using var workspace = new Workspace(options);
    using var run = new ChaosRun(options, workspace, interrupted);
    var result = run.Run();
    Console.WriteLine();
    Console.WriteLine(ResultTable.Render(result));
    if (options.Json is { } path) File.WriteAllText(path, ResultJson.Render(result) + Environment.NewLine);
    return result.Passed ? 0 : 1;
});
