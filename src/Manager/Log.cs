using Microsoft.Extensions.Logging;

namespace EtsPersist.Mmf.Manager;

/// <summary>Every message that the manager logs. Ids are never reused: 1 to 99 the manager, 100 tables, 200 hand-over, 300 connections.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Standing by: another manager runs for the instance")]
    public static partial void StandingBy(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Serving instance {Instance} in {Directory} as process {ProcessId}")]
    public static partial void Serving(ILogger logger, string instance, string directory, int processId);

    [LoggerMessage(3, LogLevel.Information, "Stopped; owners keep their tables")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(4, LogLevel.Error, "Events cannot be written to {Path}; serving goes on without them")]
    public static partial void EventFileFailed(ILogger logger, string path, Exception error);

    [LoggerMessage(5, LogLevel.Error, "The report of a death failed")]
    public static partial void DeathReportFailed(ILogger logger, Exception error);

    [LoggerMessage(6, LogLevel.Information, "The configuration {Path} was read again: {Tables} tables")]
    public static partial void ConfigurationReloaded(ILogger logger, string path, int tables);

    [LoggerMessage(7, LogLevel.Error, "The configuration {Path} was not read again, and the one before goes on to count: {Cause}")]
    public static partial void ConfigurationNotReloaded(ILogger logger, string path, string cause);

    [LoggerMessage(8, LogLevel.Error, "A listener to the metrics failed")]
    public static partial void ListenerFailed(ILogger logger, Exception error);

    [LoggerMessage(100, LogLevel.Information, "Table {Table} created as {FileName}")]
    public static partial void TableCreated(ILogger logger, string table, string fileName);

    [LoggerMessage(101, LogLevel.Information, "Table {Table} adopted from {FileName}: {State}, epoch {Epoch}")]
    public static partial void TableAdopted(ILogger logger, string table, string fileName, Native.OwnershipState state, uint epoch);

    [LoggerMessage(102, LogLevel.Error, "Table {Table} is disabled; all others are served: {Cause}")]
    public static partial void TableDisabled(ILogger logger, string table, string cause, Exception error);

    [LoggerMessage(103, LogLevel.Information, "Table {Table} dropped")]
    public static partial void TableDropped(ILogger logger, string table);

    [LoggerMessage(104, LogLevel.Information, "Removed {FileName}: {Cause}")]
    public static partial void FileRemoved(ILogger logger, string fileName, string cause);

    [LoggerMessage(105, LogLevel.Warning, "The definition {FileName} cannot be read; any worker that asks may own its table")]
    public static partial void DefinitionBroken(ILogger logger, string fileName, Exception? error);

    [LoggerMessage(106, LogLevel.Warning, "Table {Table} is {ActualKind}, {ActualAccess}; the configuration says {Kind}, {Access}, which is ignored. Drop the table to change it")]
    public static partial void DefinitionDiffers(
        ILogger logger, string table, TableKind actualKind, TableAccess actualAccess, TableKind kind, TableAccess access);

    [LoggerMessage(107, LogLevel.Warning, "The file {FileName} is not served: {Other} is a later table of the same name")]
    public static partial void OlderIncarnation(ILogger logger, string fileName, string other);

    [LoggerMessage(108, LogLevel.Error, "The configured table {Table} cannot be created: {Cause}")]
    public static partial void ConfiguredTableFailed(ILogger logger, string table, string cause, Exception error);

    [LoggerMessage(109, LogLevel.Warning, "The dropped table's file {FileName} stays until the next start: {Cause}")]
    public static partial void DroppedFileStays(ILogger logger, string fileName, string cause);

    [LoggerMessage(110, LogLevel.Information, "Table {Table} is called {NewName} from now on, in {FileName}")]
    public static partial void TableRenamed(ILogger logger, string table, string newName, string fileName);

    [LoggerMessage(111, LogLevel.Warning, "What is to be kept of table {Table} cannot be written: {Cause}")]
    public static partial void StandingNotKept(ILogger logger, string table, string cause);

    [LoggerMessage(112, LogLevel.Information, "Table {Table} was made for a worker that has not taken it and will not")]
    public static partial void TableForsaken(ILogger logger, string table);

    [LoggerMessage(113, LogLevel.Warning, "The file {FileName} stays closed to the instance's group: {Cause}")]
    public static partial void GroupNotAdmitted(ILogger logger, string fileName, string cause);

    [LoggerMessage(200, LogLevel.Information, "Table {Table} offered to process {ProcessId} under epoch {Epoch}: {Reason}")]
    public static partial void Offered(ILogger logger, string table, int processId, uint epoch, string reason);

    [LoggerMessage(201, LogLevel.Information, "Table {Table} is owned by process {ProcessId} under epoch {Epoch}")]
    public static partial void Owned(ILogger logger, string table, int processId, uint epoch);

    [LoggerMessage(202, LogLevel.Warning, "The offer of table {Table} under epoch {Epoch} to process {ProcessId} is withdrawn: {Cause}")]
    public static partial void Withdrawn(ILogger logger, string table, uint epoch, int? processId, string cause);

    [LoggerMessage(203, LogLevel.Information, "Process {ProcessId} died (exit code {ExitCode})")]
    public static partial void Died(ILogger logger, int processId, int? exitCode);

    [LoggerMessage(204, LogLevel.Information, "Table {Table} was owned by process {ProcessId}, which died while no manager ran")]
    public static partial void FoundDead(ILogger logger, string table, int processId);

    [LoggerMessage(205, LogLevel.Information, "Table {Table} recovered after epoch {Epoch}: {Settled} dead writers settled in {Milliseconds:F3} ms")]
    public static partial void Recovered(ILogger logger, string table, uint epoch, int settled, double milliseconds);

    [LoggerMessage(206, LogLevel.Information, "Table {Table} was released by process {ProcessId}, epoch {Epoch}")]
    public static partial void Released(ILogger logger, string table, int processId, uint epoch);

    [LoggerMessage(207, LogLevel.Warning, "Table {Table}: process {ProcessId} is reported dead, but its lock is held still; nothing is taken before the kernel drops it")]
    public static partial void AwaitsLock(ILogger logger, string table, int processId);

    [LoggerMessage(208, LogLevel.Warning, "Table {Table}: its owners keep dying on arrival; the next offer waits {Milliseconds:F0} ms")]
    public static partial void HeldBack(ILogger logger, string table, double milliseconds);

    [LoggerMessage(209, LogLevel.Warning, "Table {Table}: its owner, process {ProcessId}, lives but cannot be watched; the kernel is asked about it now and then")]
    public static partial void OwnerOutOfSight(ILogger logger, string table, int processId);

    [LoggerMessage(210, LogLevel.Error, "Table {Table} is in quarantine for {Seconds:F0} s: its owners keep dying on arrival. It can be read; nobody is handed it")]
    public static partial void Quarantined(ILogger logger, string table, double seconds);

    [LoggerMessage(215, LogLevel.Warning, "Table {Table}: process {ProcessId} ({Role}) keeps letting offers pass and gets none for {Seconds:F0} s")]
    public static partial void QuarantinedWorker(ILogger logger, string table, int processId, string role, double seconds);

    [LoggerMessage(211, LogLevel.Information, "The quarantine of table {Table} has been ended")]
    public static partial void QuarantineEnded(ILogger logger, string table);

    [LoggerMessage(212, LogLevel.Warning, "The find-me rule of table {Table} is passed over for the worker that has waited longest: {Problem}")]
    public static partial void RuleFailed(ILogger logger, string table, string problem);

    [LoggerMessage(213, LogLevel.Warning, "The owner process {ProcessId} ({Role}) has said nothing for {Seconds:F1} s; is it stopped? It keeps its tables")]
    public static partial void Silent(ILogger logger, int processId, string role, double seconds);

    [LoggerMessage(214, LogLevel.Warning, "The owner process {ProcessId} ({Role}) has said nothing for {Seconds:F1} s and is killed, as the configuration says")]
    public static partial void SilentKilled(ILogger logger, int processId, string role, double seconds);

    [LoggerMessage(216, LogLevel.Error, "The owner process {ProcessId} ({Role}) has said nothing for {Seconds:F1} s and cannot be killed: another user's, perhaps, or out of sight. It keeps its tables")]
    public static partial void SilentNotKilled(ILogger logger, int processId, string role, double seconds);

    [LoggerMessage(300, LogLevel.Information, "Process {ProcessId} registered as {Role}")]
    public static partial void Registered(ILogger logger, int processId, string role);

    [LoggerMessage(301, LogLevel.Debug, "Process {ProcessId} waits for table {Table}")]
    public static partial void Waiting(ILogger logger, string table, int processId);

    [LoggerMessage(302, LogLevel.Warning, "The connection of process {ProcessId} is dropped: {Cause}")]
    public static partial void ConnectionDropped(ILogger logger, int processId, string cause);

    [LoggerMessage(303, LogLevel.Debug, "The connection of process {ProcessId} ended")]
    public static partial void ConnectionEnded(ILogger logger, int processId);

    [LoggerMessage(304, LogLevel.Warning, "A connection was refused: {Cause}")]
    public static partial void ConnectionRefused(ILogger logger, string cause);

    [LoggerMessage(305, LogLevel.Error, "The connection of process {ProcessId} failed")]
    public static partial void ConnectionFailed(ILogger logger, int processId, Exception error);

    [LoggerMessage(306, LogLevel.Error, "No connection can be accepted now; trying again in {Milliseconds} ms")]
    public static partial void AcceptFailed(ILogger logger, int milliseconds, Exception error);

    [LoggerMessage(309, LogLevel.Error, "With {Connections} connections nearly all descriptors are in use; more are closed at once until some end. Raise 'ulimit -n'")]
    public static partial void TooManyConnections(ILogger logger, int connections);

    [LoggerMessage(308, LogLevel.Information, "Process {ProcessId} asks as an operator: {Operation} table {Table}")]
    public static partial void Operated(ILogger logger, int processId, Protocol.Messages.TableOperation operation, string table);

    [LoggerMessage(310, LogLevel.Error, "A request of process {ProcessId} failed")]
    public static partial void RequestFailed(ILogger logger, int processId, Exception error);

    [LoggerMessage(307, LogLevel.Information, "A request of process {ProcessId} was refused: {Cause}")]
    public static partial void RequestRefused(ILogger logger, int processId, string cause);
}
