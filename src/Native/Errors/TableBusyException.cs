namespace EtsPersist.Mmf;

/// <summary>
/// A living process holds what this writer needs and did not let go within the time limit. It may be stopped or starved;
/// it is not dead, so nothing was taken from it and nothing was changed.
/// </summary>
public sealed class TableBusyException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public TableBusyException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public TableBusyException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public TableBusyException() { }

    /// <summary>Creates the error that names the holder.</summary>
    public static TableBusyException ForHolder(string table, int slot, int processId, TimeSpan waited) =>
        new($"Table '{table}': process {processId} (writer slot {slot}) is alive and has held a lock for {waited.TotalMilliseconds:F0} ms. " +
            "Let it go on (SIGCONT, debugger) or kill it; its lock is released as soon as the kernel reports its death.")
        { Slot = slot, ProcessId = processId };

    /// <summary>The holder's writer slot, or -1.</summary>
    public int Slot { get; private init; } = -1;

    /// <summary>The holder's process id as it registered it, or 0.</summary>
    public int ProcessId { get; private init; }
}
