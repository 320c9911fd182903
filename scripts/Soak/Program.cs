using System.Runtime.InteropServices;
using EtsPersist.Mmf;
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
    var options = SoakOptionsParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(SoakOptions.Usage);
        return 0;
    }
    using var folder = new SoakFolder(options);
    using var run = new SoakRun(options, folder, interrupted.Token);
    var result = run.Run();
    Console.WriteLine();
    Console.WriteLine(ResultTable.Render(result));
    if (options.Json is { } path) File.WriteAllText(path, ResultJson.Render(result) + Environment.NewLine);
    return result.Passed ? 0 : 1;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"{error.Message}\n{SoakOptions.Usage}");
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
