using EtsPersist.Mmf.Native.Os;
using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager.Events;

/// <summary>What happens in a manager, told to people by the log and to programs by the event file.</summary>
internal sealed class ManagerEvents(ILogger logger) : IDisposable
{
    private EventFile? _file;

    public ILogger Logger => logger;

    /// <summary>Starts the event file. One that cannot be written is no reason not to serve.</summary>
    public void OpenFile(string path)
    {
        try
        {
            _file = new EventFile(path, error => Log.EventFileFailed(logger, path, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.EventFileFailed(logger, path, error);
        }
    }

    public void StandingBy()
    {
        Write(new ManagerEvent("standingBy") { ProcessId = Environment.ProcessId });
        Log.StandingBy(logger);
    }

    public void Serving(string instance, string directory)
    {
        Write(new ManagerEvent("serving") { ProcessId = Environment.ProcessId });
        Log.Serving(logger, instance, directory, Environment.ProcessId);
    }

    public void Registered(int processId, string role)
    {
        Write(new ManagerEvent("registered") { ProcessId = processId, Role = role });
        Log.Registered(logger, processId, role);
    }

    public void Waiting(string table, int processId)
    {
        Write(new ManagerEvent("waiting") { Table = table, ProcessId = processId });
        Log.Waiting(logger, table, processId);
    }

    public void Died(in ProcessDeath death)
    {
        Write(new ManagerEvent("died") { ProcessId = death.Process.ProcessId, Timestamp = death.TimestampTicks });
        Log.Died(logger, death.Process.ProcessId, death.ExitCode);
    }

    public void FoundDead(string table, int processId)
    {
        Write(new ManagerEvent("died") { Table = table, ProcessId = processId });
        Log.FoundDead(logger, table, processId);
    }

    public void Recovered(string table, uint epoch, int settled, TimeSpan took)
    {
        Write(new ManagerEvent("recovered") { Table = table, Epoch = epoch });
        Log.Recovered(logger, table, epoch, settled, took.TotalMilliseconds);
    }

    public void Offered(string table, int processId, uint epoch, TransferReason reason)
    {
        Write(new ManagerEvent("offered") { Table = table, ProcessId = processId, Epoch = epoch, Reason = reason });
        Log.Offered(logger, table, processId, epoch, reason);
    }

    public void Accepted(string table, int processId, uint epoch)
    {
        Write(new ManagerEvent("accepted") { Table = table, ProcessId = processId, Epoch = epoch });
        Log.Owned(logger, table, processId, epoch);
    }

    public void Released(string table, int processId, uint epoch)
    {
        Write(new ManagerEvent("released") { Table = table, ProcessId = processId, Epoch = epoch });
        Log.Released(logger, table, processId, epoch);
    }

    public void Dispose() => _file?.Dispose();

    private void Write(in ManagerEvent happened) => _file?.Write(in happened);
}
