using System.Runtime.InteropServices;
using EtsPersist.Mmf.Harness.Processes;

namespace EtsPersist.Mmf.Harness;

/// <summary>A script from its start to its exit code. A signal that asks it to end cancels it first, so that its processes and files go with it.</summary>
internal static class ScriptProgram
{
    private const int Failure = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    /// <summary>Runs a script and says what went wrong, if anything did.</summary>
    /// <param name="usage">Shown behind the message about wrong arguments.</param>
    /// <param name="run">The script; returns its exit code.</param>
    public static int Run(string usage, Func<CancellationToken, int> run)
    {
        using var interrupted = new CancellationTokenSource();
        using var sigint = OnSignal(PosixSignal.SIGINT, interrupted);
        using var sigterm = OnSignal(PosixSignal.SIGTERM, interrupted);
        using var sighup = OnSignal(PosixSignal.SIGHUP, interrupted);
        try
        {
            return run(interrupted.Token);
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine($"{error.Message}\n{usage}");
            return WrongUsage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted: everything is stopped and removed.");
            return Interrupted;
        }
        catch (Exception error) when (error is StuckException or EtsException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"FAILED: {error.Message}");
            return Failure;
        }
        catch (Exception error)
        {
            // Whatever it is, it is caught, because only then does the unwinding kill the processes and remove the files.
            Console.Error.WriteLine($"FAILED: {error}");
            return Failure;
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource interrupted) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interrupted.Cancel();
        });
}
