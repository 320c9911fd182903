using System.Runtime.InteropServices;
using EtsPersist.Mmf;
using EtsPersist.Mmf.Replay;

const int MostShown = 20;

if (WorkerOrder.TryParse(args) is { } order)
{
    await WorkerProgram.RunAsync(order);
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
    var options = ReplayOptionsParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(ReplayOptions.Usage);
        return 0;
    }
    using var folder = new ReplayFolder();
    var results = new ReplayRun(options, folder, interrupted.Token).Run();
    foreach (var difference in results.SelectMany(result => result.First).Take(MostShown)) Console.WriteLine(difference);
    var differences = results.Sum(result => result.Differences);
    Console.WriteLine($"{results.Sum(result => result.Operations)} operations, {differences} differences");
    return differences == 0 ? 0 : 1;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"{error.Message}\n{ReplayOptions.Usage}");
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted: everything is stopped and removed.");
    return 130;
}
catch (Exception error) when (error is StuckException or EtsException or InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"FAILED: {error.Message}");
    return 1;
}
