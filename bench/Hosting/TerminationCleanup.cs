using System.Runtime.InteropServices;

namespace EtsPersist.Mmf.Bench.Hosting;

/// <summary>Removes the tables, which may take gigabytes of memory, when the run is ended from outside; then the signal does what it always does.</summary>
internal sealed class TerminationCleanup(TableDirectory directory) : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => directory.Dispose())),
    ];

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
