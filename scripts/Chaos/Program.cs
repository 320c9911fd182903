using System.Globalization;
using System.Runtime.InteropServices;
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

using var interrupted = new CancellationTokenSource();
void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interrupted.Cancel();
}
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
using var sighup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);

try
{
    var options = ChaosOptionsParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(ChaosOptions.Usage);
        return 0;
    }
    using var workspace = new Workspace(options);
    using var run = new ChaosRun(options, workspace, interrupted.Token);
    var result = run.Run();
    Console.WriteLine();
    Console.WriteLine(ResultTable.Render(result));
    if (options.Json is { } path) File.WriteAllText(path, ResultJson.Render(result) + Environment.NewLine);
    return result.Passed ? 0 : 1;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"{error.Message}\n{ChaosOptions.Usage}");
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted: everything is stopped and removed.");
    return 130;
}
catch (Exception error) when (error is StuckException or EtsException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"FAILED: {error.Message}");
    return 1;
}
catch (Exception error)
{
    // Whatever it is, it is caught, because only then does the unwinding kill the processes and remove the files.
    Console.Error.WriteLine($"FAILED: {error}");
    return 1;
}
